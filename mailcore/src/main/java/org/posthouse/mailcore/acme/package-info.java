/** The client of ACME authorities (RFC 8555): asks for a server's certificate, proves its names, renews it in time. */
@NullMarked
package org.posthouse.mailcore.acme;

import org.jspecify.annotations.NullMarked;
