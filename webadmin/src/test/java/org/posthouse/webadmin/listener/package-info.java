/** Against a directory in memory and a container that only takes notes. */
@NullMarked
package org.posthouse.webadmin.listener;

import org.jspecify.annotations.NullMarked;
