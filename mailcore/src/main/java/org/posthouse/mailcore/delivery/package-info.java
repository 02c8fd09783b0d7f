/** Puts mail into the mailboxes of this messaging system: the queue agents of stages 0 and 6 that NMAP brings itself. */
@NullMarked
package org.posthouse.mailcore.delivery;

import org.jspecify.annotations.NullMarked;
