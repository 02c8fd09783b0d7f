/** {@code ./posthouse get|set|create|delete|status|setup}: a thin client of REST for people at a terminal and for scripts. */
@NullMarked
package org.posthouse.webadmin.cli;

import org.jspecify.annotations.NullMarked;
