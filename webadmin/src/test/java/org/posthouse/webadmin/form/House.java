package org.posthouse.webadmin.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.InMemoryDirectory;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.confirmation.OfflineConfirmations;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.plan.Steps;
import org.posthouse.webadmin.setup.Installation;
import org.posthouse.webadmin.setup.SetUp;

/** A mail system as its installation leaves it, in memory: mail1 with all four agents on host1. */
public final class House implements AutoCloseable {

    public final InMemoryDirectory server = InMemoryDirectory.start();
    public final Directory directory = Directory.connect(server.address(), Clock.systemUTC());
    public final Path home = folder();
    public final OfflineConfirmations confirmations =
            new OfflineConfirmations(directory, home.resolve("confirmations"), Clock.systemUTC());
    public final Place users = Place.of("ou=people,o=Acme,dc=posthouse");
    public final Place admin = users.child("cn", "admin");
    public final Place host = Place.of("cn=host1,o=Acme,dc=posthouse");
    public final Place mail1 = Place.of("ou=mail1,o=Internet Services,dc=posthouse");
    public final Place smtp = mail1.child("cn", "SMTP Agent");

    public House() {
        var agents = EnumSet.of(Kind.SMTP_AGENT, Kind.IMAP_AGENT, Kind.POP_AGENT);
        new Installation(directory)
                .run(new SetUp(
                        "admin",
                        "a long enough pass phrase",
                        "Acme",
                        "people",
                        "mail1",
                        new DomainName("example.com"),
                        List.of(new IpAddress("192.0.2.53")),
                        "host1",
                        true,
                        agents));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("house");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    public Entry read(Place place) {
        return directory.read(place).orElseThrow();
    }

    public Tree tree() {
        return Tree.of(directory.configuration());
    }

    public Draft draft(Place place, String panel) {
        Entry entry = read(place);
        return Draft.of(directory, entry, entry.kind().panel(panel).orElseThrow());
    }

    Creation creation(Place container, Kind kind) {
        return Creation.of(directory, container, kind);
    }

    Entry user(String name) {
        return make(
                creation(users, Kind.USER),
                new Answers(Map.of("loginName", name, "lastName", "Test", "password", "correct horse battery")));
    }

    /** The write path of its administrator. */
    public ChangeService changes() {
        return changes(admin.toString());
    }

    /** The write path of anybody. */
    public ChangeService changes(String author) {
        return changes(directory, author);
    }

    /** The same over another view of its directory. */
    public ChangeService changes(Directory through, String author) {
        var carrying = new Carrying(through, home, Clock.systemUTC());
        return new ChangeService(through, author, () -> Running.NOTHING, carrying, confirmations);
    }

    /** What stands against a draft. */
    public List<Problem> problems(Draft draft) {
        return changes().plan(Steps.of(draft), List.of(draft.holder())).problems();
    }

    /** Saves a draft as its page does. */
    public Entry save(Draft draft) {
        ChangeService changes = changes();
        return changes.apply(changes.plan(Steps.of(draft), List.of(draft.holder())))
                .getOrDefault(draft.holder().place(), draft.holder());
    }

    /** Carries the answers of a wizard out as its page does. */
    public Entry make(Creation creation, Answers answers) {
        List<Problem> problems = creation.problems(answers);
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        ChangeService changes = changes();
        Plan plan = changes.plan(Steps.of(creation, answers));
        Place place = creation.place(answers).orElseThrow();
        Map<Place, Entry> made = creation instanceof UserCreation
                ? changes.apply(plan, place, answers.asTyped("password"))
                : changes.apply(plan);
        return Objects.requireNonNull(made.get(place));
    }

    @Override
    public void close() {
        directory.close();
        server.close();
        try (var files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
