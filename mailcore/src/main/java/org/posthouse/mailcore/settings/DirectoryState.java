package org.posthouse.mailcore.settings;

import java.time.Instant;

/**
 * How the engine stands with its directory.
 *
 * @param state "following" (told of each change), "polling", "older" (than the settings in use, which stay) or "down"
 * @param reason why it is down or not applied; else empty
 * @param since when this state began
 */
public record DirectoryState(String state, String reason, Instant since) {}
