package org.posthouse.mailcore.relay.sts;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** That a domain has a policy, and which: the TXT record {@code _mta-sts} (RFC 8461 3.1). */
final class Announcement {

    private static final Pattern ID = Pattern.compile("id[ \t]*=[ \t]*([A-Za-z0-9]{1,32})");

    private Announcement() {}

    /** What the policy is called now. Empty for none, and where several records leave open which counts. */
    static Optional<String> id(List<String> texts) {
        List<String> records =
                texts.stream().filter(text -> text.startsWith("v=STSv1;")).toList();
        return records.size() == 1 ? id(records.getFirst()) : Optional.empty();
    }

    private static Optional<String> id(String record) {
        return Stream.of(record.split(";", -1))
                .map(field -> ID.matcher(field.strip()))
                .filter(field -> field.matches())
                .map(field -> field.group(1))
                .findFirst();
    }
}
