/** What a user wants, from the first click to the effect. */
@NullMarked
package org.posthouse.e2e.journey;

import org.jspecify.annotations.NullMarked;
