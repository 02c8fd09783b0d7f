/** How work and memory are shared. */
@NullMarked
package org.posthouse.mailcore.compute;

import org.jspecify.annotations.NullMarked;
