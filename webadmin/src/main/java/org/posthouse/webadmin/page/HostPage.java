package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.status.Lease;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.ClockOffset;
import org.posthouse.webadmin.pulse.Machine;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.words.Look;
import org.posthouse.webadmin.words.Words;

/** What runs on a host: its engine, the machine under it, and the messaging servers it is to run. */
@Named
@RequestScoped
public class HostPage {

    // Passwords that expire, queues that retry and logs that are compared all suffer from more.
    private static final Duration APART = Duration.ofSeconds(1);

    /**
     * One engine of the host.
     *
     * @param board the address of its status board
     * @param version of Posthouse
     * @param started since when it runs, in words
     * @param serving whether it holds the lease of the host
     */
    public record Engine(String board, String version, String started, boolean serving) {}

    @Inject
    private Pulse pulse;

    @Inject
    private Installed installed;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private Look look;

    @Inject
    private StatusPage statusPage;

    @Inject
    private TablePage tablePage;

    private @Nullable Table<Entry> servers;
    private @Nullable Table<Machine.Folder> folders;
    private boolean looked;
    private @Nullable Machine machine;

    /** The board of the host's engine; null while none answers. */
    public @Nullable Board board(Entry host) {
        return pulse.board(host.place()).orElse(null);
    }

    /** Why no engine answers, in a sentence. */
    public String silence(Entry host) {
        return pulse.hasEngine(host.place())
                ? words.of("host.silent", pulse.boardUrl(host.place()), pulse.silence(host.place()))
                : words.of("host.never");
    }

    /** The machine; null while no engine answers. */
    public @Nullable Machine machine(Entry host) {
        if (!looked) {
            looked = true;
            machine = pulse.machine(host.place()).orElse(null);
        }
        return machine;
    }

    /** The engines that run as this host when they are more than one; else none. */
    public List<Engine> conflict(Entry host) {
        var rivals = pulse.rivals(host.place());
        if (rivals.isEmpty()) {
            return List.of();
        }
        var engines = new ArrayList<Engine>();
        pulse.board(host.place()).ifPresent(board -> engines.add(engine(host, pulse.boardUrl(host.place()), board)));
        rivals.forEach((url, board) -> engines.add(engine(host, url, board)));
        return engines.size() > 1 ? engines : List.of();
    }

    private Engine engine(Entry host, String url, Board board) {
        boolean serving = host.value(Lease.ATTRIBUTE)
                .flatMap(Lease::of)
                .filter(lease -> isAt(lease, url))
                .isPresent();
        return new Engine(url, board.version(), since(board), serving);
    }

    private static boolean isAt(Lease lease, String board) {
        return lease.board().replaceFirst("/$", "").equals(board.replaceFirst("/$", ""));
    }

    /** How the engine follows the directory. */
    public String directory(Board board) {
        return switch (board.directory()) {
            case "following" -> words.of("host.following");
            case "polling" -> words.of("host.polling");
            case "down" -> words.of("host.down");
            default -> "–";
        };
    }

    /** The address of the host's status board. */
    public String boardUrl(Entry host) {
        return pulse.boardUrl(host.place());
    }

    /** Since when an engine runs. */
    public String since(Board board) {
        return board.started().map(this::moment).orElse("–");
    }

    private String moment(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(look.locale())
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    /** The messaging servers that name this host as theirs, by name. */
    public Table<Entry> servers(Entry host) {
        Table<Entry> known = servers;
        if (known == null) {
            known = tablePage.of(
                    "servers",
                    banner
                            .during(
                                    () -> visitor.directory().configuration(Set.of(Kind.MESSAGING_SERVER)),
                                    List.<Entry>of())
                            .stream()
                            .filter(entry -> isOn(entry, host.place()))
                            .sorted(NameOrder.ENTRIES)
                            .toList(),
                    Columns.<Entry>none()
                            .text("name", Entry::name)
                            .text("state", server -> statusPage.stateWords(statusPage.state(server))));
            servers = known;
        }
        return known;
    }

    /** The folders of the host's messaging servers. */
    public Table<Machine.Folder> folders(Machine shown) {
        Table<Machine.Folder> known = folders;
        if (known == null) {
            known = tablePage.inOrder(
                    "folders",
                    shown.folders(),
                    Columns.<Machine.Folder>none()
                            .text("use", this::use)
                            .text("path", Machine.Folder::path)
                            .number("free", Machine.Folder::free));
            folders = known;
        }
        return known;
    }

    private static boolean isOn(Entry server, Place host) {
        try {
            return server.value("posthouseHost").map(Place::of).equals(Optional.of(host));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** How far the host's clock is from the console's, in words. */
    public String clock(Machine shown) {
        return shown.clock()
                .map(offset -> words.of(
                        offset.ahead().isNegative() ? "host.behind" : "host.ahead",
                        rounded(Math.abs(offset.milliseconds())),
                        rounded(offset.errorMilliseconds())))
                .orElse("–");
    }

    /** Whether that is more than it should be. */
    public boolean isApart(Machine shown) {
        return shown.clock().filter(HostPage::isApart).isPresent();
    }

    private static boolean isApart(ClockOffset offset) {
        return offset.isBeyond(APART);
    }

    // Tenths up to ten milliseconds, where they say something.
    private String rounded(double milliseconds) {
        return String.format(look.locale(), milliseconds < 10 ? "%.1f" : "%,.0f", milliseconds);
    }

    /** A size in octets as people say it. */
    public String size(long octets) {
        String[] units = {"MB", "GB", "TB"};
        double size = octets / (double) (1 << 20);
        int unit = 0;
        while (size >= 1000 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(look.locale(), size < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    }

    /** What a folder is for: the label of its option, with the server's name. */
    public String use(Machine.Folder folder) {
        String label = Kind.catalogue()
                .options()
                .filter(option -> option.name().equals(folder.use()))
                .map(words::label)
                .findFirst()
                .orElseGet(() -> words.of(
                        switch (folder.use()) {
                            case "directory" -> "host.directoryFolder";
                            case "history" -> "host.historyFolder";
                            default -> "host.home";
                        }));
        return folder.server().isEmpty()
                ? label
                : words.of("host.folderOf", label, Place.of(folder.server()).leaf());
    }

    /** What is to be said of a folder's volume; "" when there is enough space for the next week. */
    public String warning(Machine.Folder folder) {
        Instant now = installed.clock().instant();
        boolean directory = folder.use().equals("directory");
        String state = switch (folder.state()) {
            case "low" -> words.of("host.low");
            case "full" -> words.of(directory ? "host.fullDirectory" : "host.full");
            case "unknown" -> folder.reason();
            default -> "";
        };
        return folder.isFilling(now)
                ? (state + " " + words.of("host.filling", folder.daysLeft(now), size(folder.perDay()))).strip()
                : state;
    }
}
