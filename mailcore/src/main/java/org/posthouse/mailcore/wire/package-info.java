/** Lines and literals over blocking sockets, one virtual thread a connection: limits, deadlines, TLS, draining. */
@NullMarked
package org.posthouse.mailcore.wire;

import org.jspecify.annotations.NullMarked;
