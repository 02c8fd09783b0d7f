/** Tries what REST does on a tree in memory; the wire itself is tried by the end-to-end tests. */
@NullMarked
package org.posthouse.webadmin.history;

import org.jspecify.annotations.NullMarked;
