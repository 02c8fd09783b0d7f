/** Boards as engines write them. */
@NullMarked
package org.posthouse.webadmin.pulse;

import org.jspecify.annotations.NullMarked;
