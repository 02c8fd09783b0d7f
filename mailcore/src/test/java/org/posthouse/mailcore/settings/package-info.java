/** Tries the package of the same name by itself. */
@NullMarked
package org.posthouse.mailcore.settings;

import org.jspecify.annotations.NullMarked;
