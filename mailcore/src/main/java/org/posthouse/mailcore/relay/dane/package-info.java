/** DANE for SMTP: certificates of mail hosts, compared with what the DNS says of them (RFC 7672). */
@NullMarked
package org.posthouse.mailcore.relay.dane;

import org.jspecify.annotations.NullMarked;
