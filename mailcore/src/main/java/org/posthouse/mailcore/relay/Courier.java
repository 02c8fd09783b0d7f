package org.posthouse.mailcore.relay;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.dns.NotFound;
import org.posthouse.mailcore.dns.TryAgain;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.WireException;
import org.posthouse.schema.panel.SmtpOptions;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one mail to the recipients of one domain: host after host, until each recipient's fate is known. */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int ETRN_DOMAINS = 20;
    private static final int MOST_CARRIED = 50;

    private final Routes routes;
    private final Demands demands;
    private final Snapshot snapshot;
    private final Envelope envelope;
    private final byte[] message;
    private final Tally tally;
    private final Map<Recipient, Outcome> outcomes = new LinkedHashMap<>();
    private Optional<Line> line;

    /**
     * A call that is open and may carry more.
     *
     * @param call the call
     * @param carried how many messages it has carried
     */
    record Line(Call call, int carried) {

        void close() {
            call.close();
        }
    }

    /** Carries over a line that is open, if there is one to the right host. */
    Courier(Routes routes, Demands demands, Snapshot snapshot, Item item, Tally tally, Optional<Line> line) {
        this.line = line;
        this.tally = tally;
        this.routes = routes;
        this.demands = demands;
        this.snapshot = snapshot;
        this.envelope = item.envelope();
        this.message = item.message();
    }

    /** What became of each recipient; every one has an outcome. */
    Map<Recipient, Outcome> carry(String domain, List<Recipient> recipients) {
        try {
            Outcome last = tryAll(routes.to(domain, snapshot), recipients);
            recipients.forEach(recipient -> outcomes.putIfAbsent(recipient, last));
        } catch (NotFound nowhere) {
            String code = nowhere.takesNoMail() ? "556 5.1.10 " : "550 5.1.2 ";
            settle(recipients, new Outcome.Never(code + nowhere.getMessage(), "DNS"));
        } catch (TryAgain unknown) {
            settle(recipients, new Outcome.Later("451 4.4.3 " + unknown.getMessage(), "DNS"));
        } catch (Routes.Circle circle) {
            settle(recipients, new Outcome.Never("554 5.4.6 " + circle.getMessage(), "loop"));
        }
        return outcomes;
    }

    /** The line that is open afterward, which the caller closes. */
    Optional<Line> line() {
        return line;
    }

    private void settle(List<Recipient> recipients, Outcome outcome) {
        recipients.forEach(recipient -> outcomes.put(recipient, outcome));
    }

    /** Tries host after host; answers what is to be said of those whom none would hear of. */
    private Outcome tryAll(List<Target> targets, List<Recipient> recipients) {
        Outcome last = new Outcome.Later("451 4.4.1 no host to try", "");
        Optional<Outcome> unsafe = Optional.empty();
        for (Target target : targets) {
            List<Recipient> left = new ArrayList<>(recipients);
            left.removeAll(outcomes.keySet());
            if (left.isEmpty()) {
                break;
            }
            try {
                attempt(target, left);
            } catch (Call.OurOwnVoice ours) {
                return Reports.never("554 5.4.6 mail loop detected: " + ours.getMessage(), target);
            } catch (Insecure insecure) {
                unsafe = Optional.of(refused(target, insecure));
            } catch (TryAgain unknown) {
                last = Reports.later("451 4.4.3 " + unknown.getMessage(), target);
            } catch (Call.Unwilling | Answer.Nonsense | WireException failed) {
                LOG.debug("{} at {}: {}", target.host(), target.address(), failed.getMessage());
                last = Reports.later("451 4.4.1 " + failed.getMessage(), target);
            }
        }
        // That a host is not safe to speak to says more than that another one did not answer.
        return unsafe.orElse(last);
    }

    private Outcome refused(Target target, Insecure insecure) {
        LOG.warn("No mail is sent to {} at {}: {}", target.host(), target.address(), insecure.reply());
        tally.meter(Count.OUTGOING_INSECURE).increment();
        return Reports.later(insecure.reply(), target);
    }

    private void attempt(Target target, List<Recipient> recipients) {
        Demand demand = snapshot.server().security().sslAndTls() ? demands.on(target) : new Demand.Plain();
        goOn(target, demand, recipients);
        List<Recipient> left = new ArrayList<>(recipients);
        left.removeAll(outcomes.keySet());
        if (left.isEmpty()) {
            return;
        }
        Call call = call(target, demand);
        try {
            LOG.info("{} at {}: {}", target.host(), target.address(), call.security());
            call.flaw().ifPresent(why -> test(demand, target, why));
            call.begin(message.length);
            new Mailing(call, envelope, message, outcomes::put).send(left);
            if (options().sendEtrn() && call.offers("ETRN").isPresent()) {
                ownDomains().forEach(domain -> call.ask("ETRN " + domain));
            }
        } catch (RuntimeException failed) {
            call.close();
            throw failed;
        }
        line = Optional.of(new Line(call, 1));
    }

    // Hosts end calls that carried enough for them or that waited too long: then a fresh one is made.
    private void goOn(Target target, Demand demand, List<Recipient> recipients) {
        Optional<Line> open = line;
        line = Optional.empty();
        if (open.isEmpty()) {
            return;
        }
        Call call = open.get().call();
        boolean fits = open.get().carried() < MOST_CARRIED
                && call.isFor(target, from(target), snapshot.officialDomain(), demand);
        if (!fits) {
            call.close();
            return;
        }
        try {
            call.begin(message.length);
            if (!call.ask("RSET").isGood()) {
                throw new Call.Unwilling("RSET was refused");
            }
            new Mailing(call, envelope, message, outcomes::put).send(recipients);
            line = Optional.of(new Line(call, open.get().carried() + 1));
        } catch (Call.Unwilling | Answer.Nonsense | WireException gone) {
            LOG.debug("{} at {} took no further message: {}", target.host(), target.address(), gone.getMessage());
            call.close();
        }
    }

    /** With TLS where it is on here and offered there; without, where that breaks and nobody demands it. */
    private Call call(Target target, Demand demand) {
        try {
            return Call.at(target, from(target), snapshot.officialDomain(), demand, tally);
        } catch (Call.EncryptionFailed broken) {
            LOG.info("{} offers TLS that cannot be used: {}", target.host(), broken.getMessage());
            test(demand, target, String.valueOf(broken.getMessage()));
            return Call.at(target, from(target), snapshot.officialDomain(), new Demand.Plain(), tally);
        }
    }

    // RFC 8461 5: a policy in testing keeps no mail back, but whoever reads the log learns what it would have
    // refused.
    private static void test(Demand demand, Target target, String why) {
        if (demand instanceof Demand.BySts sts) {
            LOG.warn(
                    "The MTA-STS policy of {}, in testing mode, would reject {}: {}", sts.domain(), target.host(), why);
        }
    }

    // A server tied to one address calls from it; from loopback one reaches nothing but loopback.
    private @Nullable InetAddress from(Target target) {
        Optional<InetAddress> forced = snapshot.server()
                .status()
                .ipAddress()
                .filter(address -> snapshot.server().status().forceIpAddress()
                        || snapshot.server().status().forceBind())
                .map(IpAddress::address)
                .filter(own ->
                        own.isLoopbackAddress() == target.address().getAddress().isLoopbackAddress());
        return forced.orElse(null);
    }

    private SmtpOptions options() {
        return snapshot.page(Kind.SMTP_AGENT, SmtpOptions.class);
    }

    private Stream<String> ownDomains() {
        return Stream.concat(snapshot.globalDomains().stream(), snapshot.hostingDomains().stream())
                .map(domain -> domain.ascii())
                .limit(ETRN_DOMAINS);
    }
}
