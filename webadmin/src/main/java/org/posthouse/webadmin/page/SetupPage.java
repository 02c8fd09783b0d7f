package org.posthouse.webadmin.page;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.listener.OwnServer;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.setup.Installation;
import org.posthouse.webadmin.setup.ListeningAgents;
import org.posthouse.webadmin.setup.ListeningAgents.Standing;
import org.posthouse.webadmin.setup.SetUp;
import org.posthouse.webadmin.setup.SetupToken;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first start: NetMail's installation as one page behind the one-time link. */
@Named
@ViewScoped
public class SetupPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SetupPage.class);
    // Agents listen within seconds; whoever waits longer wants to know why.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /**
     * An object that the set-up made.
     *
     * @param kind what it is
     * @param name its name
     */
    public record Made(Kind kind, String name) {}

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    private final transient Map<String, @Nullable String> texts = new LinkedHashMap<>(Map.of(
            "adminName", "admin",
            "organization", "Example",
            "userContainer", "users",
            "serverName", OwnServer.host().replaceFirst("\\..*", ""),
            "hostName", OwnServer.host()));
    private final transient Map<Kind, Boolean> agents =
            new EnumMap<>(Map.of(Kind.SMTP_AGENT, true, Kind.POP_AGENT, true, Kind.IMAP_AGENT, true));
    private transient List<Problem> problems = List.of();
    private transient List<Made> made = List.of();
    private transient List<Standing> standing = List.of();
    private transient @Nullable SetUp done;
    private String token = "";
    private boolean createServer = true;
    private boolean tls = true;
    private boolean verifyAddresses = true;

    /** Whether the one-time link is good; asked again before anything is done. */
    public boolean isOpen() {
        return setupToken().isRight(token);
    }

    private SetupToken setupToken() {
        return new SetupToken(installed.home(), installed.clock());
    }

    /** Sets the mail system up, waits until its agents listen, then shows what was created. */
    public void run() {
        if (!isOpen()) {
            banner.say("bad", words.of("setup.expired"));
            return;
        }
        var found = new ArrayList<Problem>();
        SetUp setUp = read(found);
        problems = found;
        if (!found.isEmpty()) {
            return;
        }
        banner.during(() -> {
            try {
                new Installation(installed.directoryFor(author()), installed.home(), installed.clock()).run(setUp);
                LOG.info("{} set up", setUp);
                made = made(setUp);
                done = setUp;
                setupToken().withdraw();
            } catch (Refused refused) {
                problems = refused.problems();
            }
        });
        if (done != null) {
            standing = listening(setUp).await(isHostServed() ? PATIENCE : Duration.ZERO);
        }
    }

    private ListeningAgents listening(SetUp setUp) {
        return new ListeningAgents(pulse, installed.directory(), setUp);
    }

    /** Looks again how the agents stand. */
    public void look() {
        if (done != null) {
            standing = listening(done).now();
        }
    }

    private static Author author() {
        HttpServletRequest request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        return new Author("", request.getRemoteAddr(), Author.By.SETUP);
    }

    // Every field is checked, whatever is wrong with the others.
    private SetUp read(List<Problem> found) {
        if (!text("adminPassword").equals(text("again"))) {
            found.add(new Problem("again", "", words.of("password.differs")));
        }
        var resolvers = Stream.of("primary", "secondary")
                .filter(name -> !text(name).isBlank())
                .flatMap(name -> value(name, IpAddress::new, found).stream())
                .toList();
        DomainName domain = createServer
                ? value("officialDomain", DomainName::new, found).orElse(SetUp.NO_DOMAIN)
                : SetUp.NO_DOMAIN;
        var setUp = new SetUp(
                text("adminName").strip(),
                text("adminPassword"),
                text("organization").strip(),
                text("userContainer").strip(),
                text("serverName").strip(),
                domain,
                resolvers,
                text("hostName").strip(),
                createServer,
                chosen(),
                tls,
                verifyAddresses);
        found.addAll(new Installation(installed.directory()).problems(setUp));
        return setUp;
    }

    private Set<Kind> chosen() {
        var chosen = new TreeSet<Kind>();
        agents.forEach((kind, wanted) -> {
            if (wanted) {
                chosen.add(kind);
            }
        });
        return chosen;
    }

    private <T> Optional<T> value(String name, Function<String, T> reader, List<Problem> found) {
        try {
            return Optional.of(reader.apply(text(name)));
        } catch (IllegalArgumentException malformed) {
            String reason = text(name).isBlank() ? "is required" : String.valueOf(malformed.getMessage());
            found.add(new Problem(name, text(name), reason));
            return Optional.empty();
        }
    }

    private List<Made> made(SetUp setUp) {
        var objects = new ArrayList<Made>();
        objects.add(new Made(Kind.INTERNET_SERVICES, Kind.INTERNET_SERVICES.label()));
        objects.add(new Made(Kind.ORGANIZATION, setUp.organization()));
        objects.add(new Made(Kind.ORGANIZATIONAL_UNIT, setUp.userContainer()));
        objects.add(new Made(Kind.HOST_SERVER, setUp.hostName()));
        objects.add(new Made(Kind.USER, setUp.adminName()));
        if (setUp.createServer()) {
            objects.add(new Made(Kind.MESSAGING_SERVER, setUp.serverName()));
        }
        return objects;
    }

    // Faces puts null for a field left empty.
    private String text(String name) {
        return Optional.ofNullable(texts.get(name)).orElse("");
    }

    /** The answers by name. */
    public Map<String, @Nullable String> getTexts() {
        return texts;
    }

    /** What is wrong with an answer; "" when nothing is. */
    public String problem(String name) {
        return problems.stream()
                .filter(problem -> problem.option().equals(name))
                .map(problem -> words.problem(words.of("setup." + name), problem))
                .findFirst()
                .orElse("");
    }

    /** What to consider about the host; "" when the engine of this console serves it. */
    public String getHostWarning() {
        return isHostServed() || text("hostName").isBlank()
                ? ""
                : words.of("setup.otherHost", text("hostName").strip(), OwnServer.host());
    }

    private boolean isHostServed() {
        return text("hostName").strip().equalsIgnoreCase(OwnServer.host());
    }

    /** What is wrong beyond single answers. */
    public List<Problem> getGeneralProblems() {
        return problems.stream().filter(problem -> problem.option().isEmpty()).toList();
    }

    /** What was created; empty before. */
    public List<Made> getMade() {
        return made;
    }

    public boolean isDone() {
        return !made.isEmpty();
    }

    /** How the agents of the new server stand. */
    public List<Standing> getStanding() {
        return standing;
    }

    /** Whether each of them accepts connections. */
    public boolean isReady() {
        return standing.stream().allMatch(Standing::isReady);
    }

    /** How many of them do not, in a sentence. */
    public String getWaiting() {
        return words.of(
                "setup.waiting",
                standing.stream().filter(each -> !each.isReady()).count());
    }

    public String getToken() {
        return token;
    }

    public void setToken(@Nullable String token) {
        this.token = token == null ? "" : token;
    }

    public boolean isCreateServer() {
        return createServer;
    }

    public void setCreateServer(boolean createServer) {
        this.createServer = createServer;
    }

    /** Which agents are wanted beside the NMAP Agent. */
    public boolean isSmtp() {
        return agents.getOrDefault(Kind.SMTP_AGENT, false);
    }

    public void setSmtp(boolean wanted) {
        agents.put(Kind.SMTP_AGENT, wanted);
    }

    public boolean isPop() {
        return agents.getOrDefault(Kind.POP_AGENT, false);
    }

    public void setPop(boolean wanted) {
        agents.put(Kind.POP_AGENT, wanted);
    }

    public boolean isImap() {
        return agents.getOrDefault(Kind.IMAP_AGENT, false);
    }

    public void setImap(boolean wanted) {
        agents.put(Kind.IMAP_AGENT, wanted);
    }

    public boolean isTls() {
        return tls;
    }

    public void setTls(boolean tls) {
        this.tls = tls;
    }

    public boolean isVerifyAddresses() {
        return verifyAddresses;
    }

    public void setVerifyAddresses(boolean verifyAddresses) {
        this.verifyAddresses = verifyAddresses;
    }
}
