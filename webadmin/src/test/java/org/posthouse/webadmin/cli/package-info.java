/** Tries the commands of the terminal. */
@NullMarked
package org.posthouse.webadmin.cli;

import org.jspecify.annotations.NullMarked;
