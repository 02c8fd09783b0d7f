package org.posthouse.webadmin.page;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.setup.Installation;
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
    private Banner banner;

    @Inject
    private Words words;

    private final transient Map<String, @Nullable String> texts = new LinkedHashMap<>(Map.of(
            "adminName", "admin",
            "organization", "Example",
            "userContainer", "users",
            "serverName", hostName().replaceFirst("\\..*", ""),
            "hostName", hostName()));
    private transient List<Problem> problems = List.of();
    private transient List<Made> made = List.of();
    private String token = "";
    private boolean createServer = true;
    private boolean allAgents;

    // The same name by which the engine of this host looks for its Host Server object.
    private static String hostName() {
        String named = System.getProperty("posthouse.host-name", "");
        try {
            return named.isBlank() ? InetAddress.getLocalHost().getHostName() : named;
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** Whether the one-time link is good; asked again before anything is done. */
    public boolean isOpen() {
        return setupToken().isRight(token);
    }

    private SetupToken setupToken() {
        return new SetupToken(installed.home(), installed.clock());
    }

    /** Sets the mail system up, then shows what was created. */
    public void run() {
        if (!isOpen()) {
            banner.say("bad", words.of("setup.expired"));
            return;
        }
        var found = new ArrayList<Problem>();
        Optional<SetUp> setUp = read(found);
        problems = found;
        if (setUp.isEmpty()) {
            return;
        }
        banner.during(() -> {
            try {
                new Installation(installed.directoryFor(author())).run(setUp.get());
                LOG.info("{} set up", setUp.get());
                made = made(setUp.get());
                setupToken().withdraw();
            } catch (Refused refused) {
                problems = refused.problems();
            }
        });
    }

    private static Author author() {
        HttpServletRequest request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        return new Author("", request.getRemoteAddr(), Author.By.SETUP);
    }

    private Optional<SetUp> read(List<Problem> found) {
        if (!text("adminPassword").equals(text("again"))) {
            found.add(new Problem("again", "", words.of("password.differs")));
        }
        var resolvers = Stream.of("primary", "secondary")
                .filter(name -> !text(name).isBlank())
                .flatMap(name -> value(name, IpAddress::new, found).stream())
                .toList();
        Optional<DomainName> domain = value("officialDomain", DomainName::new, found);
        var setUp = domain.map(official -> new SetUp(
                text("adminName").strip(),
                text("adminPassword"),
                text("organization").strip(),
                text("userContainer").strip(),
                text("serverName").strip(),
                official,
                resolvers,
                text("hostName").strip(),
                createServer,
                allAgents ? EnumSet.of(Kind.SMTP_AGENT, Kind.IMAP_AGENT, Kind.POP_AGENT) : Set.of()));
        setUp.ifPresent(whole -> found.addAll(new Installation(installed.directory()).problems(whole)));
        return found.isEmpty() ? setUp : Optional.empty();
    }

    private <T> Optional<T> value(String name, Function<String, T> reader, List<Problem> found) {
        try {
            return Optional.of(reader.apply(text(name)));
        } catch (IllegalArgumentException malformed) {
            String reason = text(name).isBlank() ? "is needed" : String.valueOf(malformed.getMessage());
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
            objects.add(new Made(Kind.NMAP_AGENT, Kind.NMAP_AGENT.label()));
            setUp.agents().forEach(agent -> objects.add(new Made(agent, agent.label())));
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

    public boolean isAllAgents() {
        return allAgents;
    }

    public void setAllAgents(boolean allAgents) {
        this.allAgents = allAgents;
    }
}
