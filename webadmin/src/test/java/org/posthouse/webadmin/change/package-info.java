/** The rules of the tree, tried by every way in. */
@NullMarked
package org.posthouse.webadmin.change;

import org.jspecify.annotations.NullMarked;
