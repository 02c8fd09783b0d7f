package org.posthouse.webadmin.page;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.join.Admission;
import org.posthouse.webadmin.join.Command;
import org.posthouse.webadmin.join.Invitations;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/**
 * Lets a host join: makes the command that is typed there, shows it this once, and then what became of it. The page keeps
 * the token's hash alone.
 */
@Named
@ViewScoped
public class JoinPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    @Inject
    private Visitor visitor;

    @Inject
    private Installed installed;

    @Inject
    private Invitations invitations;

    @Inject
    private Admission admission;

    @Inject
    private Banner banner;

    @Inject
    private TreePage treePage;

    @Inject
    private Words words;

    private transient @Nullable Entry entry;
    private String in = "";
    private String id = "";

    /** Reads what the address names. */
    public void open() {
        banner.during(() -> {
            try {
                entry = visitor.directory()
                        .read(Place.of(in))
                        .filter(admission::isPossibleIn)
                        .orElse(null);
                treePage.setCurrent(in);
            } catch (IllegalArgumentException malformed) {
                entry = null;
            }
        });
    }

    /** Whether a host can join there. */
    public boolean isPossible() {
        return entry != null;
    }

    /** Whether it is for a Host Server that is there already. */
    public boolean isKnownHost() {
        return Optional.ofNullable(entry)
                .filter(there -> there.kind() == Kind.HOST_SERVER)
                .isPresent();
    }

    /** The name of the Host Server or of the container. */
    public String getName() {
        return Optional.ofNullable(entry).map(Entry::name).orElse("");
    }

    /** Whether only an engine of the console's own machine could use the command. */
    public boolean isForHereOnly() {
        try {
            String bind = System.getProperty("posthouse.bind", "127.0.0.1");
            return !admission.isForOthers() || InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException odd) {
            return false;
        }
    }

    /** Makes a command. */
    public void make() {
        banner.during(() -> {
            visitor.directory();
            Invitations.Given given = invitations.give(Place.of(in), visitor.getPlace());
            id = given.id();
            var external = FacesContext.getCurrentInstance().getExternalContext();
            String console = ((HttpServletRequest) external.getRequest()).getServerName();
            external.getRequestMap().put("command", Command.line(Command.address(console, given.token())));
        });
    }

    /** Whether a command was made. */
    public boolean isMade() {
        return !id.isEmpty();
    }

    /** What became of it: "waiting", "joined", or "expired". */
    public String getState() {
        Optional<Invitations.Fate> fate = invitations.fate(id);
        if (fate.isEmpty()) {
            return "expired";
        }
        if (fate.get().joined().isPresent()) {
            return "joined";
        }
        return installed.clock().instant().isAfter(fate.get().until()) ? "expired" : "waiting";
    }

    /** That in a sentence. */
    public String getSentence() {
        Optional<Invitations.Fate> fate = invitations.fate(id);
        return switch (getState()) {
            case "joined" ->
                words.of(
                        "join.joined",
                        getJoined().map(Place::leaf).orElse(""),
                        fate.flatMap(Invitations.Fate::used).map(JoinPage::time).orElse(""));
            case "waiting" ->
                words.of(
                        "join.waiting",
                        fate.map(Invitations.Fate::until).map(JoinPage::time).orElse(""));
            default -> words.of("join.expired");
        };
    }

    private static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }

    /** The Host Server that joined; "" while none did. */
    public String getHost() {
        return getJoined().map(Place::toString).orElse("");
    }

    private Optional<Place> getJoined() {
        return invitations.fate(id).flatMap(Invitations.Fate::joined);
    }

    public String getIn() {
        return in;
    }

    public void setIn(@Nullable String in) {
        this.in = in == null ? "" : in;
    }
}
