/** Rules that hold for all packages of the console. */
@NullMarked
package org.posthouse.webadmin;

import org.jspecify.annotations.NullMarked;
