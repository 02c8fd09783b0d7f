/** The IMAP Agent: mailboxes for mail programs, by IMAP4rev1 (RFC 3501) and the extensions it announces. */
@NullMarked
package org.posthouse.mailcore.imap;

import org.jspecify.annotations.NullMarked;
