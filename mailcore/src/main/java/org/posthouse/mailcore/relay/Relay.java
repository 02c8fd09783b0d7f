package org.posthouse.mailcore.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthouse.mailcore.agent.Outside;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.StageAgent;
import org.posthouse.mailcore.relay.sts.Policies;
import org.posthouse.mailcore.relay.sts.PolicyHost;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.store.Vault;
import org.posthouse.mailcore.wire.Authorities;
import org.posthouse.schema.value.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SMTP Agent's other half: takes mail for other systems out of the queue and sends it there.
 *
 * <p>Obeys: Mail Relay Host, Send ETRN, Official Domain, Resolver(s), the forced address, SSL and TLS. One call for each domain and
 * mail, all domains of a mail side by side, and as many calls at a time to one domain as it answers well, one after another over one connection. Logs what it relays
 * and why not, and how safely. RFC 5321 5, RFC 7435, RFC 7505, RFC 7672, RFC 8461.
 */
public final class Relay implements StageAgent {

    /** Where other hosts take mail. */
    public static final int SMTP_PORT = 25;

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int DESTINATIONS = 10_000;
    // RFC 8461 3.3 grants a minute; mail of the domain waits meanwhile.
    private static final Duration POLICY = Duration.ofSeconds(30);
    private static final List<Count> COUNTS = List.of(
            Count.OUTGOING_SERVERS,
            Count.CLOSED_OUT_SERVERS,
            Count.OUTGOING_PLAIN,
            Count.OUTGOING_TLS,
            Count.OUTGOING_DANE,
            Count.OUTGOING_MTA_STS,
            Count.OUTGOING_INSECURE);

    private final Surroundings surroundings;
    private final Routes routes;
    private final Demands demands;
    private final Cache<String, Destination> destinations = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofHours(1))
            .maximumSize(DESTINATIONS)
            .build();

    /** Sends into the world outside; what domains demand is kept in a vault. */
    public Relay(Surroundings surroundings, Outside outside, Vault vault) {
        this(surroundings, outside.smtpPort(), policies(surroundings, outside, vault), Authorities.ofJava());
    }

    /** Takes where other hosts take mail, the policies, and who must vouch for hosts of which they speak. */
    Relay(Surroundings surroundings, int port, Policies policies, Authorities trusted) {
        this.surroundings = surroundings;
        this.routes = new Routes(surroundings, port);
        this.demands = new Demands(surroundings.dns(), policies, trusted);
        COUNTS.forEach(surroundings.tally()::meter);
    }

    private static Policies policies(Surroundings surroundings, Outside outside, Vault vault) {
        var host = new PolicyHost(surroundings.dns(), outside.policyPort(), Authorities.ofJava(), POLICY);
        return new Policies(surroundings.dns(), host, vault, surroundings.clock());
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public void handle(Item item) {
        Map<String, List<Recipient>> byDomain = item.pending().stream()
                .filter(recipient -> recipient.kind() == Recipient.Kind.REMOTE)
                .collect(Collectors.groupingBy(Relay::domain, LinkedHashMap::new, Collectors.toList()));
        if (byDomain.size() == 1) {
            byDomain.forEach((domain, recipients) -> carry(item, domain, recipients));
            return;
        }
        var calls = byDomain.entrySet().stream()
                .map(one -> Thread.ofVirtual()
                        .name("relay " + one.getKey())
                        .start(() -> carry(item, one.getKey(), one.getValue())))
                .toList();
        try {
            for (Thread call : calls) {
                call.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String domain(Recipient recipient) {
        String address = recipient.address();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        try {
            // Both spellings of an international domain share one connection limit.
            return new DomainName(domain).ascii();
        } catch (IllegalArgumentException literal) {
            return domain.toLowerCase(Locale.ROOT);
        }
    }

    private void carry(Item item, String domain, List<Recipient> recipients) {
        Destination destination = destinations.get(domain, name -> new Destination());
        Optional<Courier.Line> open = destination.enter();
        long began = System.nanoTime();
        Optional<Courier> done = Optional.empty();
        boolean failed = true;
        try {
            Snapshot snapshot = surroundings.inForce().get();
            var courier = new Courier(routes, demands, snapshot, item, surroundings.tally(), open);
            done = Optional.of(courier);
            Map<Recipient, Outcome> outcomes = courier.carry(domain, recipients);
            outcomes.forEach(item::settle);
            outcomes.forEach(
                    (recipient, outcome) -> LOG.info("{} to <{}>: {}", item.id(), recipient.address(), outcome));
            failed = outcomes.values().stream().anyMatch(Relay::isSilence);
        } finally {
            Optional<Courier.Line> line = done.isPresent() ? done.get().line() : open;
            destination.leave(line, Duration.ofNanos(System.nanoTime() - began), failed);
        }
    }

    // RFC 3463 3.5: trouble with the network or the host, not with a mailbox.
    private static boolean isSilence(Outcome outcome) {
        return outcome instanceof Outcome.Later later && later.reply().startsWith("451 4.4.");
    }
}
