package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.confirmation.Lockout;
import org.posthouse.webadmin.confirmation.Pending;
import org.posthouse.webadmin.console.ConsoleServer;
import org.posthouse.webadmin.console.Obeyed;
import org.posthouse.webadmin.listener.Endpoint;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.words.Words;

/** What the console does about its own WebAdmin Server object: revision wanted and obeyed, addresses, and a proof. */
@Named
@RequestScoped
public class ConsolePage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Map<String, String> FLAGS = Map.of(
            "listenAddress", "bind",
            "httpPort", "http-port",
            "http", "http-port",
            "redirect", "http-port",
            "httpsPort", "https-port");

    @Inject
    private ConsoleServer server;

    @Inject
    private Installed installed;

    @Inject
    private Visitor visitor;

    @Inject
    private Words words;

    private String proof = "";

    /** Whether an object is that of this console. */
    public boolean isOwn(Entry entry) {
        try {
            return server.place().equals(entry.place());
        } catch (DirectoryException away) {
            return false;
        }
    }

    private Obeyed obeyed() {
        return server.obeyed();
    }

    /** "good", "bad" or "waiting". */
    public String tone(Entry entry) {
        Obeyed now = obeyed();
        return !now.reason().isEmpty() ? "bad" : now.revision() == entry.revision() ? "good" : "waiting";
    }

    /** Revision wanted and obeyed, and since when. */
    public String text(Entry entry) {
        Obeyed now = obeyed();
        if (!now.reason().isEmpty()) {
            return now.reason();
        }
        String since = TIME.format(now.since().atZone(ZoneId.systemDefault()));
        return now.revision() == entry.revision()
                ? words.of("obeys.current", now.revision(), since)
                : words.of("obeys.lags", entry.revision(), now.revision(), since);
    }

    /** Where it listens. */
    public List<String> getOpen() {
        return Stream.concat(
                        obeyed().address().stream().flatMap(address -> address.endpoints().stream()),
                        obeyed().kept().stream())
                .distinct()
                .map(Endpoint::url)
                .toList();
    }

    /** The flag that fixes an option, as it was typed; "" when none does. */
    public String flag(String option) {
        String flag = FLAGS.getOrDefault(option, "");
        return server.fixed().contains(flag) ? "--" + flag : "";
    }

    /** The options that the command line fixed, with the flag. */
    public List<String> getFixed() {
        return server.fixed().stream().sorted().map(flag -> "--" + flag).toList();
    }

    /** Fetches the console from its address. */
    public void prove() {
        try {
            proof = server.prove();
        } catch (IOException silent) {
            proof = String.valueOf(silent.getMessage());
        }
    }

    /** The line of the answer; "" before one was asked for. */
    public String getProof() {
        return proof;
    }

    /** What is to be said before a change that has to be confirmed is saved; "" of others. */
    public String warning(Plan plan) {
        Map<Place, List<Pending.Part>> waits = Lockout.in(plan, installed.directory());
        if (waits.isEmpty()) {
            return "";
        }
        long seconds = Long.getLong("posthouse.confirm-seconds", 60);
        boolean self = waits.values().stream()
                .flatMap(List::stream)
                .anyMatch(part -> part.attribute().equals("member")
                        && part.after().stream().noneMatch(visitor.getPlace()::equalsIgnoreCase));
        return self ? words.of("confirm.self", seconds) : words.of("confirm.before", seconds);
    }
}
