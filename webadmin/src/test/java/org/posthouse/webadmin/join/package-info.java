/** Tries the package of the same name by itself. */
@NullMarked
package org.posthouse.webadmin.join;

import org.jspecify.annotations.NullMarked;
