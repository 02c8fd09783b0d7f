/** Changes that can lock administrators out: applied at once, and taken back by themselves unless they are confirmed. */
@NullMarked
package org.posthouse.webadmin.confirmation;

import org.jspecify.annotations.NullMarked;
