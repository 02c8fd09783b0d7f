/** Tries the package of the same name by itself. */
@NullMarked
package org.posthouse.mailcore.status;

import org.jspecify.annotations.NullMarked;
