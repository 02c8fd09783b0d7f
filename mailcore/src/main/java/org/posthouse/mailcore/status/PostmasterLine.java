package org.posthouse.mailcore.status;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether anybody reads what is sent to a messaging server's postmaster (RFC 5321 4.5.1).
 *
 * @param mailbox the name of the postmaster's mailbox
 * @param opened when its owner last opened it; empty when nobody ever did
 */
public record PostmasterLine(String mailbox, Optional<Instant> opened) {}
