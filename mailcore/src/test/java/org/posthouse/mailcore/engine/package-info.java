/** Whole engines on a directory in memory. */
@NullMarked
package org.posthouse.mailcore.engine;

import org.jspecify.annotations.NullMarked;
