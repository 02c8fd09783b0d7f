/** The one write path: every change of the tree is planned, checked against the same rules, and applied here. */
@NullMarked
package org.posthouse.webadmin.change;

import org.jspecify.annotations.NullMarked;
