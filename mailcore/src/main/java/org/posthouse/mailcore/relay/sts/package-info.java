/** MTA-STS: what domains demand of whoever sends them mail, asked for over HTTPS and remembered (RFC 8461). */
@NullMarked
package org.posthouse.mailcore.relay.sts;

import org.jspecify.annotations.NullMarked;
