/** Tries the package of the same name by itself. */
@NullMarked
package org.posthouse.mailcore.people;

import org.jspecify.annotations.NullMarked;
