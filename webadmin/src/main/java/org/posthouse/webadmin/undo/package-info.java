/** The way back: from what the history says to the steps that take it back. */
@NullMarked
package org.posthouse.webadmin.undo;

import org.jspecify.annotations.NullMarked;
