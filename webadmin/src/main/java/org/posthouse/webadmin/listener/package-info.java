/** Where the console listens: its addresses, whether they can be had, and the ports of the running container. */
@NullMarked
package org.posthouse.webadmin.listener;

import org.jspecify.annotations.NullMarked;
