/** Other people's software against ours. */
@NullMarked
package org.posthouse.e2e.peer;

import org.jspecify.annotations.NullMarked;
