/** Against a directory in memory and a container that only takes notes. */
@NullMarked
package org.posthouse.webadmin.confirmation;

import org.jspecify.annotations.NullMarked;
