/** A real browser and the pages of the console in it. */
@NullMarked
package org.posthouse.e2e.browser;

import org.jspecify.annotations.NullMarked;
