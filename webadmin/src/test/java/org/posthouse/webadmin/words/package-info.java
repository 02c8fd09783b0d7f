/** The words of the console, in both languages. */
@NullMarked
package org.posthouse.webadmin.words;

import org.jspecify.annotations.NullMarked;
