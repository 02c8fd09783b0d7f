package org.posthouse.mailcore.status;

import java.time.Instant;

/**
 * A value that an engine was to apply and could not. What was in force before stays in force, and the engine keeps trying.
 *
 * @param option the option's name in the catalogue, such as "dbfDirectory"; "" when no single option is to blame
 * @param value the value as the directory has it; "" when there is no option, or when it is secret
 * @param reason a sentence for an administrator
 * @param since since when it is refused
 * @param revision the revision of the object that has this value
 */
public record OptionRefusal(String option, String value, String reason, Instant since, long revision) {}
