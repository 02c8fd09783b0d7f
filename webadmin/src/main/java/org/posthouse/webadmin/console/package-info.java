/** The console as an object of its own tree: where it is wanted to listen, and what it does about it. */
@NullMarked
package org.posthouse.webadmin.console;

import org.jspecify.annotations.NullMarked;
