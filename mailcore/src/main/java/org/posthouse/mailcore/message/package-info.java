/**
 * Reads messages of RFC 5322 and MIME: the tree of parts with the octets each spans, envelope, body structure, readable text.
 *
 * <p>Strings here hold one character an octet (ISO 8859-1), since IMAP hands header fields on undecoded. Nothing throws
 * on a broken message: what cannot be understood is plain text.
 */
@NullMarked
package org.posthouse.mailcore.message;

import org.jspecify.annotations.NullMarked;
