/** Every change ever made to the tree: written down, proven whole, found, compared and taken back. */
@NullMarked
package org.posthouse.webadmin.history;

import org.jspecify.annotations.NullMarked;
