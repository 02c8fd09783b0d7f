/** Starts the product as a stranger would, with the launcher, and stops it. */
@NullMarked
package org.posthouse.e2e.world;

import org.jspecify.annotations.NullMarked;
