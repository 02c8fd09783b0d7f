/**
 * What an IMAP client may say: from the octets of one command to a {@link org.posthouse.mailcore.imap.command.Command}.
 * Pure: no socket, no store, no clock.
 */
@NullMarked
package org.posthouse.mailcore.imap.command;

import org.jspecify.annotations.NullMarked;
