package org.posthouse.mailcore.settings;

import java.time.Instant;

/**
 * How the engine stands with its directory.
 *
 * @param state "following" (told of each change), "polling" or "down"
 * @param reason why it is down; else empty
 * @param since when this state began
 */
public record DirectoryState(String state, String reason, Instant since) {}
