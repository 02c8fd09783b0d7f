package org.posthouse.mailcore.acme;

import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.posthouse.mailcore.wire.PortRefused;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.DomainName;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * One order of a certificate, from the account to the chain (RFC 8555 7.3 to 7.4.2), with HTTP-01 challenges. Runs on a
 * thread that may be interrupted.
 */
final class CertificateOrder {

    private static final Duration FIRST_POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(3);
    private static final Set<Status> OPEN = EnumSet.of(Status.PENDING, Status.PROCESSING, Status.UNKNOWN);
    private static final int LONGEST_CHAIN = 10;

    private record Asked(Authorization authorization, Http01Challenge challenge, String name) {}

    private final Wish wish;
    private final Clock clock;
    private final Duration patience;
    private final Consumer<String> progress;
    private final CountDownLatch never = new CountDownLatch(1);

    /** Nothing is asked yet. Each step is told to {@code progress}; one answer may take {@code patience}. */
    CertificateOrder(Wish wish, Clock clock, Duration patience, Consumer<String> progress) {
        this.wish = wish;
        this.clock = clock;
        this.patience = patience;
        this.progress = progress;
    }

    /** A certificate with a fresh key, for this account. */
    Certified carryOut(KeyPair account) throws OrderFailed, InterruptedException {
        try (var authority = new Authority(wish, patience)) {
            progress.accept("Requesting a certificate from " + wish.directory().getHost() + ".");
            Login login = login(authority, account);
            Order order = login.newOrder()
                    .domains(wish.names().stream().map(DomainName::ascii).toList())
                    .create();
            prove(order);
            return finish(order);
        } catch (NotUsable unusable) {
            throw new OrderFailed(String.valueOf(unusable.getMessage()), unusable);
        } catch (AcmeException | RuntimeException | StackOverflowError failure) {
            // The library has unchecked exceptions of its own for answers that break the protocol, and for lazy
            // loading.
            if (isInterruption(failure)) {
                throw new InterruptedException();
            }
            throw Reasons.of(failure, wish);
        }
    }

    private static boolean isInterruption(Throwable failure) {
        return Thread.interrupted()
                || Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                        .limit(10)
                        .anyMatch(InterruptedException.class::isInstance);
    }

    private Login login(Authority authority, KeyPair account) throws AcmeException, OrderFailed {
        Metadata says = authority.session().getMetadata();
        Optional<URI> terms = says.getTermsOfService();
        if (terms.isPresent() && !wish.agreed()) {
            throw new OrderFailed("The terms of service are not agreed to. Read them at "
                    + Reasons.clean(terms.get().toString()) + " and agree to them on the Security page.");
        }
        if (says.isExternalAccountRequired()) {
            throw new OrderFailed(
                    wish.directory().getHost()
                            + " requires an account that was created there beforehand (external account binding). Posthouse does not support this.");
        }
        var builder = new AccountBuilder().useKeyPair(account);
        if (wish.agreed()) {
            builder.agreeToTermsOfService();
        }
        if (!wish.contact().isEmpty()) {
            builder.addEmail(wish.contact());
        }
        // An account that is there already is found by its key, and stays as it is (RFC 8555 7.3.1).
        Login login = builder.createLogin(authority.session());
        renew(login.getAccount());
        return login;
    }

    private void renew(Account account) throws AcmeException {
        var wanted = URI.create("mailto:" + wish.contact());
        if (!wish.contact().isEmpty() && !account.getContacts().equals(List.of(wanted))) {
            var edited = account.modify();
            edited.getContacts().clear();
            edited.addContact(wanted).commit();
        }
    }

    private void prove(Order order) throws AcmeException, OrderFailed, InterruptedException {
        var open = new ArrayList<Authorization>();
        for (Authorization each : order.getAuthorizations()) {
            if (each.getStatus() != Status.VALID) {
                open.add(each);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        try (var door = ChallengeDoor.open(wish.door())) {
            var asked = new ArrayList<Asked>();
            for (Authorization each : open) {
                asked.add(offer(each, door));
            }
            for (Asked each : asked) {
                each.challenge().trigger();
            }
            for (Asked each : asked) {
                progress.accept("Waiting until " + wish.directory().getHost() + " has fetched http://" + each.name()
                        + "/.well-known/acme-challenge/… from this server.");
                if (settled(each.authorization(), OPEN) != Status.VALID) {
                    throw unproven(each, door);
                }
            }
        } catch (PortRefused taken) {
            throw new OrderFailed(
                    "The challenge cannot be answered: " + taken.getMessage()
                            + " Free the port, or forward port 80 to another Challenge Port.",
                    taken);
        }
    }

    private Asked offer(Authorization authorization, ChallengeDoor door) throws OrderFailed {
        String name = Reasons.clean(
                String.valueOf(authorization.getIdentifier().toMap().get("value")));
        Http01Challenge challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new OrderFailed(
                        wish.directory().getHost() + " offers no HTTP challenge (http-01) for " + name + "."));
        door.put(challenge.getToken(), challenge.getAuthorization());
        return new Asked(authorization, challenge, name);
    }

    private OrderFailed unproven(Asked asked, ChallengeDoor door) {
        Optional<Problem> problem =
                asked.authorization().findChallenge(Http01Challenge.class).flatMap(Http01Challenge::getError);
        String seen = door.wasFetched(asked.challenge().getToken())
                ? ""
                : " The authority did not fetch the challenge from this server at "
                        + door.address().getAddress().getHostAddress() + ":"
                        + door.address().getPort()
                        + ". Check that the name points to this server and that port 80 is open.";
        return new OrderFailed(asked.name() + " was not verified: "
                + problem.map(Reasons::words).orElse("no reason was given") + seen);
    }

    private Certified finish(Order order) throws AcmeException, OrderFailed, InterruptedException {
        progress.accept("Waiting for the certificate.");
        if (order.getStatus() != Status.READY && settled(order, OPEN) == Status.INVALID) {
            throw refused(order);
        }
        KeyPair pair = KeyKind.EC.make();
        order.execute(new Issue(wish.names()).request(pair));
        if (settled(order, EnumSet.of(Status.PENDING, Status.READY, Status.PROCESSING, Status.UNKNOWN))
                != Status.VALID) {
            throw refused(order);
        }
        List<X509Certificate> chain = order.getCertificate().getCertificateChain();
        if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
            throw new OrderFailed("The answer does not contain a usable certificate chain.");
        }
        var certified = new Certified(new CertificateChain(chain), pair.getPrivate()).valid(clock.instant());
        if (!Due.covers(certified.chain(), wish.names())) {
            throw new OrderFailed("The certificate that was issued is for other names: "
                    + certified.chain().names());
        }
        return certified;
    }

    private OrderFailed refused(Order order) {
        return new OrderFailed(wish.directory().getHost() + " rejected the request: "
                + order.getError().map(Reasons::words).orElse("no reason was given"));
    }

    // Asks again when the authority says, or at longer and longer intervals (RFC 8555 7.5.1).
    private Status settled(PollableResource resource, Set<Status> open) throws AcmeException, InterruptedException {
        Duration wait = FIRST_POLL;
        while (true) {
            Optional<Instant> again = resource.fetch();
            if (!open.contains(resource.getStatus())) {
                return resource.getStatus();
            }
            Duration asked = again.map(at -> Duration.between(clock.instant(), at))
                    .filter(pause -> pause.compareTo(FIRST_POLL) > 0)
                    .orElse(wait);
            never.await(asked.toMillis(), TimeUnit.MILLISECONDS);
            wait = wait.multipliedBy(2).compareTo(LONGEST_POLL) < 0 ? wait.multipliedBy(2) : LONGEST_POLL;
        }
    }
}
