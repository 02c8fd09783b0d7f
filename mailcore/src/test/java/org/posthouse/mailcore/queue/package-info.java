/** The queue on a vault that is really on disk. */
@NullMarked
package org.posthouse.mailcore.queue;

import org.jspecify.annotations.NullMarked;
