/** A messaging server as SNMP managers see it: RFC 3418, RFC 2788, RFC 2789 and our own figures, and its notifications. */
@NullMarked
package org.posthouse.mailcore.snmp;

import org.jspecify.annotations.NullMarked;
