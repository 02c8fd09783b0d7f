package org.posthouse.mailcore.smtp;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One mail between MAIL and the end of its data: who sends it, to whom, and what was said about it. */
final class Transaction {

    // RFC 5321 4.5.3.1.8: at least 100; what is more can be sent in a second transaction.
    private static final int RECIPIENTS = 1000;

    private final MailPath sender;
    private final Map<String, String> parameters;
    private final Map<String, Addressee> addressees = new LinkedHashMap<>();

    /**
     * One recipient.
     *
     * @param address the mailbox name of a local one, the address of a remote one
     * @param local which of the two
     * @param given the address as the sender wrote it
     * @param original ORCPT as given, {@code rfc822;bob@example.com}; empty when not given
     * @param wish NOTIFY as given, upper case; empty when not given
     */
    record Addressee(String address, boolean local, String given, String original, String wish) {}

    Transaction(MailPath sender, Map<String, String> parameters) {
        this.sender = sender;
        this.parameters = parameters;
    }

    /** Whether no further recipient may be named. */
    boolean isFull() {
        return addressees.size() >= RECIPIENTS;
    }

    /** Adds a recipient; one named twice gets one mail. */
    void add(Addressee addressee) {
        addressees.putIfAbsent(addressee.local() + addressee.address(), addressee);
    }

    MailPath sender() {
        return sender;
    }

    Collection<Addressee> addressees() {
        return addressees.values();
    }

    /** Whether addresses or header may be in UTF-8. */
    boolean isInternational() {
        return parameters.containsKey("SMTPUTF8");
    }

    boolean isEightBit() {
        return "8BITMIME".equalsIgnoreCase(parameters.get("BODY"));
    }

    /** RET: FULL, HDRS or empty. */
    String returns() {
        return parameters.getOrDefault("RET", "").toUpperCase(Locale.ROOT);
    }

    /** ENVID, decoded; empty when not given. */
    String envelopeId() {
        return Parameters.plain(parameters.getOrDefault("ENVID", ""));
    }

    /** About how large it will be, as far as that may be believed. */
    int expected() {
        @Nullable String said = parameters.get("SIZE");
        return Optional.ofNullable(said)
                .map(size -> (int) Math.min(Long.parseLong(size) + 192, 65_536))
                .orElse(8192);
    }

    /** Its only recipient's address, for the trace; empty when there are several, who need not know of each other. */
    String onlyRecipient() {
        return addressees.size() == 1 ? addressees.values().iterator().next().given() : "";
    }
}
