/** The POP Agent: fetching mail from the inbox by POP3 (RFC 1939) and the extensions it announces. */
@NullMarked
package org.posthouse.mailcore.pop;

import org.jspecify.annotations.NullMarked;
