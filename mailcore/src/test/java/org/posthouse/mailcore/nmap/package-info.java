/** Tries the package of the same name by itself. */
@NullMarked
package org.posthouse.mailcore.nmap;

import org.jspecify.annotations.NullMarked;
