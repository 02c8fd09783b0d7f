/** Tries the installation on a tree in memory. */
@NullMarked
package org.posthouse.webadmin.setup;

import org.jspecify.annotations.NullMarked;
