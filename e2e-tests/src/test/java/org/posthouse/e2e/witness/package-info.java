/** One proof for each option, changed through the console's API and seen on the wire. */
@NullMarked
package org.posthouse.e2e.witness;

import org.jspecify.annotations.NullMarked;
