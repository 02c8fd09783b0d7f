/** The words of the console in the visitor's language, and the look he chose: both are kept in cookies. */
@NullMarked
package org.posthouse.webadmin.words;

import org.jspecify.annotations.NullMarked;
