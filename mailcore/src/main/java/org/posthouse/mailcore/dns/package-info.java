/** Looks names up in the DNS, through a messaging server's own Resolver(s), with a clock and a memory. */
@NullMarked
package org.posthouse.mailcore.dns;

import org.jspecify.annotations.NullMarked;
