package org.posthouse.schema.tree;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.agent.AgentType;
import org.posthouse.schema.agent.Edition;
import org.posthouse.schema.agent.Need;
import org.posthouse.schema.agent.PlannedAgentType;
import org.posthouse.schema.agent.finger.FingerAgentType;
import org.posthouse.schema.agent.imap.ImapAgentType;
import org.posthouse.schema.agent.nmap.NmapAgentType;
import org.posthouse.schema.agent.pop.PopAgentType;
import org.posthouse.schema.agent.smtp.SmtpAgentType;
import org.posthouse.schema.option.Catalogue;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.panel.AgentStatus;
import org.posthouse.schema.panel.AliasTarget;
import org.posthouse.schema.panel.GroupMembers;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.ServerLicense;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.panel.ServerSnmp;
import org.posthouse.schema.panel.ServerStatus;
import org.posthouse.schema.panel.UserIdentification;
import org.posthouse.schema.panel.UserInternetMail;
import org.posthouse.schema.panel.WebAdminConnection;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.value.Place;

/**
 * Every kind of object of the mail system, with its directory class, naming attribute and pages.
 *
 * <p>NetMail's object types; where each may stand is said in {@link #parents()}.
 */
public enum Kind {
    ROOT("Tree", "", "dc"),
    INTERNET_SERVICES("Internet Services", "posthouseInternetServices", "o"),
    MESSAGING_SERVER(
            "Messaging Server",
            "posthouseMessagingServer",
            "ou",
            ServerIdentification.class,
            ServerSecurity.class,
            ServerSnmp.class,
            ServerLicense.class,
            ServerStatus.class),
    NMAP_AGENT(new NmapAgentType()),
    SMTP_AGENT(new SmtpAgentType()),
    POP_AGENT(new PopAgentType()),
    IMAP_AGENT(new ImapAgentType()),
    ADDRESS_BOOK_AGENT(new PlannedAgentType(
            "addressbook", "Address Book Agent", "posthouseAddressBookAgent", 7, 15, Edition.FOUNDATION, "book")),
    ALIAS_AGENT(
            new PlannedAgentType("alias", "Alias Agent", "posthouseAliasAgent", 8, 12, Edition.FOUNDATION, "alias")),
    ANTISPAM_AGENT(new PlannedAgentType(
            "antispam", "AntiSpam Agent", "posthouseAntiSpamAgent", 9, 7, Edition.ADVANCED, "shield")),
    ANTIVIRUS_AGENT(new PlannedAgentType(
            "antivirus", "AntiVirus Agent", "posthouseAntiVirusAgent", 10, 8, Edition.ADVANCED, "shield")),
    AUTOREPLY_AGENT(new PlannedAgentType(
            "autoreply", "AutoReply Agent", "posthouseAutoReplyAgent", 11, 9, Edition.FOUNDATION, "reply")),
    RULE_AGENT(new PlannedAgentType("rule", "Rule Agent", "posthouseRuleAgent", 12, 10, Edition.FOUNDATION, "rule")),
    CALENDAR_AGENT(new PlannedAgentType(
            "calendar", "Calendar Agent", "posthouseCalendarAgent", 13, 14, Edition.ADVANCED, "calendar")),
    LIST_AGENT(new PlannedAgentType("list", "List Agent", "posthouseListAgent", 14, 11, Edition.ADVANCED, "list")),
    PROXY_AGENT(new PlannedAgentType("proxy", "Proxy Agent", "posthouseProxyAgent", 15, 13, Edition.ADVANCED, "link")),
    CONNECTION_MANAGER(new PlannedAgentType(
            "connectionmanager", "Connection Manager", "posthouseConnectionManager", 16, 16, Edition.ADVANCED, "link")),
    PLUSPACK_AGENT(new PlannedAgentType(
            "pluspack", "PlusPack Agent", "posthousePluspackAgent", 17, 18, Edition.ADVANCED, "plug")),
    MODULAR_WEB_AGENT(new PlannedAgentType(
            "modularweb", "Modular Web Agent", "posthouseModularWebAgent", 18, 6, Edition.FOUNDATION, "web")),
    MODULAR_WEB_MODULE("Modular Web Module", "posthouseModularWebModule", "cn"),
    FINGER_AGENT(new FingerAgentType()),
    SIGNUP_AGENT(
            new PlannedAgentType("signup", "Signup Agent", "posthouseSignupAgent", 21, 19, Edition.ADVANCED, "user")),
    CAP_AGENT(new PlannedAgentType("cap", "CAP Agent", "posthouseCapAgent", 22, 20, Edition.ADVANCED, "calendar")),
    WEBADMIN_SERVER("WebAdmin Server", "posthouseWebAdminServer", "ou", WebAdminConnection.class),
    WEBADMIN_ROLE("WebAdmin Role", "posthouseWebAdminRole", "ou"),
    LIST_CONTAINER("Mailing Lists", "posthouseListContainer", "ou"),
    MAILING_LIST("Mailing List", "posthouseList", "ou"),
    DIRECTORY_LIST("Directory Mailing List", "posthouseDirectoryList", "ou"),
    LIST_USER("List User", "posthouseListUser", "cn"),
    PARENT_CONTAINER("Parent Objects", "posthouseParentContainer", "ou"),
    PARENT_OBJECT("Parent Object", "posthouseParentObject", "cn"),
    TEMPLATE_CONTAINER("Templates", "posthouseTemplateContainer", "ou"),
    TEMPLATE("Template", "posthouseTemplate", "cn"),
    RESOURCE("Resource", "posthouseResource", "cn"),
    HOST_SERVER("Host Server", "posthouseHostServer", "cn"),
    ORGANIZATION("Organization", "organization", "o"),
    ORGANIZATIONAL_UNIT("Organizational Unit", "organizationalUnit", "ou"),
    ORGANIZATIONAL_ROLE("Organizational Role", "organizationalRole", "cn"),
    USER("User", "inetOrgPerson", "cn", UserIdentification.class, UserInternetMail.class),
    GROUP("Group", "groupOfNames", "cn", GroupMembers.class),
    ALIAS("Alias", "alias", "cn", AliasTarget.class),
    UNKNOWN("Unknown", "", "cn");

    private static final Catalogue CATALOGUE = new Catalogue(Arrays.stream(values())
            .flatMap(kind -> kind.panels.stream())
            .distinct()
            .<Class<? extends Record>>map(type -> type)
            .toList());

    private static final List<Kind> AGENTS =
            Arrays.stream(values()).filter(Kind::isAgent).toList();

    private final String label;
    private final String objectClass;
    private final String naming;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<Class<? extends Record>> panels;

    @SuppressWarnings("ImmutableEnumChecker") // an agent type has no state
    private final @Nullable AgentType agentType;

    Kind(AgentType agentType) {
        this.label = agentType.label();
        this.objectClass = agentType.objectClass();
        this.naming = "cn";
        this.panels = Stream.concat(agentType.pages().stream(), Stream.of(AgentStatus.class))
                .toList();
        this.agentType = agentType;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    Kind(String label, String objectClass, String naming, Class<? extends Record>... panels) {
        this.label = label;
        this.objectClass = objectClass;
        this.naming = naming;
        this.panels = List.of(panels);
        this.agentType = null;
    }

    /** Every panel of every kind. */
    public static Catalogue catalogue() {
        return CATALOGUE;
    }

    /** NetMail's name of the kind; the fixed object name of agents and fixed containers. */
    public String label() {
        return label;
    }

    /** The label with its indefinite article, as it is spoken: "an SMTP Agent", "a POP Agent". */
    public String labelWithArticle() {
        return (label.matches("[AEIO].*|(NMAP|SMTP)\\b.*|Unknown") ? "an " : "a ") + label;
    }

    /** The structural class of its entries; empty for ROOT and UNKNOWN. */
    public String objectClass() {
        return objectClass;
    }

    /** The attribute that names its entries. */
    public String naming() {
        return naming;
    }

    /** The auxiliary class that carries our attributes on standard objects; empty where the class is our own. */
    public Optional<String> auxiliaryClass() {
        return switch (this) {
            case USER -> Optional.of("posthouseMailUser");
            case ORGANIZATION, ORGANIZATIONAL_UNIT, ORGANIZATIONAL_ROLE, GROUP -> Optional.of("posthouseMailContainer");
            default -> Optional.empty();
        };
    }

    /** Its pages, in the order of the tabs. */
    public List<PanelFacts<?>> panels() {
        return panels.stream().<PanelFacts<?>>map(CATALOGUE::panel).toList();
    }

    /** The attributes that a newly created object of this kind gets where its author says nothing of them. */
    public Map<String, List<String>> initial() {
        return panels().stream()
                .flatMap(panel -> panel.options().stream())
                .filter(option -> !option.initial().isEmpty())
                .collect(Collectors.toMap(OptionFacts::attribute, option -> List.of(option.initial())));
    }

    /** Its page of this stable name. */
    public Optional<PanelFacts<?>> panel(String name) {
        return panels().stream().filter(panel -> panel.name().equals(name)).findFirst();
    }

    /** Whether it is an agent of a messaging server. */
    public boolean isAgent() {
        return agentType != null;
    }

    /** What an agent declares about itself. Throws IllegalStateException for a kind that is no agent. */
    public AgentType agentType() {
        AgentType declared = agentType;
        if (declared == null) {
            throw new IllegalStateException(this + " is no agent");
        }
        return declared;
    }

    /** The line on the wire by which an agent of this kind shows an option's value; NONE for what is no agent. */
    public Evidence evidence(String option) {
        return isAgent() ? agentType().evidence(option) : Evidence.NONE;
    }

    /** The kinds of object that this option can name; none where it names no object. */
    public static Set<Kind> accepted(OptionFacts option) {
        if (option.type() != Place.class) {
            return EnumSet.noneOf(Kind.class);
        }
        return option.accepts().isEmpty()
                ? EnumSet.allOf(Kind.class)
                : option.accepts().stream()
                        .map(Kind::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    /** Every kind of agent, in the order in which they are listed. */
    public static List<Kind> agents() {
        return AGENTS;
    }

    /** The agent that provides this to the other agents of its server. */
    public static Kind provider(Need need) {
        return AGENTS.stream()
                .filter(kind -> kind.agentType().provides().contains(need))
                .findFirst()
                .orElseThrow();
    }

    /** Whether engines follow every object of this kind; the others are many and looked up one by one. */
    public boolean isConfiguration() {
        return isAgent()
                || EnumSet.of(INTERNET_SERVICES, MESSAGING_SERVER, HOST_SERVER, ALIAS)
                        .contains(this);
    }

    /** Whether anything may stand in it. */
    public boolean isContainer() {
        return Arrays.stream(values()).anyMatch(kind -> kind.parents().contains(this));
    }

    /** Whether an object of this kind has one fixed name in its container. */
    public boolean hasFixedName() {
        return isAgent()
                || EnumSet.of(INTERNET_SERVICES, LIST_CONTAINER, PARENT_CONTAINER, TEMPLATE_CONTAINER)
                        .contains(this);
    }

    /** Whether administrators create it in the console; the others come with the installation or a later agent. */
    public boolean isCreatable() {
        return isAgent()
                ? agentType().isAvailable()
                : EnumSet.of(MESSAGING_SERVER, ORGANIZATION, ORGANIZATIONAL_UNIT, HOST_SERVER, USER, ALIAS)
                        .contains(this);
    }

    /** The kinds of container it may stand in: NetMail's containment. */
    public Set<Kind> parents() {
        if (isAgent()) {
            return EnumSet.of(MESSAGING_SERVER);
        }
        return switch (this) {
            case ROOT, UNKNOWN -> EnumSet.noneOf(Kind.class);
            case INTERNET_SERVICES, ORGANIZATION -> EnumSet.of(ROOT);
            case MESSAGING_SERVER, WEBADMIN_SERVER -> EnumSet.of(INTERNET_SERVICES, ORGANIZATION, ORGANIZATIONAL_UNIT);
            case MODULAR_WEB_MODULE -> EnumSet.of(MODULAR_WEB_AGENT);
            case WEBADMIN_ROLE -> EnumSet.of(WEBADMIN_SERVER);
            case LIST_CONTAINER, PARENT_CONTAINER, TEMPLATE_CONTAINER -> EnumSet.of(INTERNET_SERVICES);
            case MAILING_LIST, DIRECTORY_LIST -> EnumSet.of(LIST_CONTAINER, ORGANIZATION, ORGANIZATIONAL_UNIT);
            case LIST_USER -> EnumSet.of(MAILING_LIST);
            case PARENT_OBJECT -> EnumSet.of(PARENT_CONTAINER, ORGANIZATION, ORGANIZATIONAL_UNIT);
            case TEMPLATE -> EnumSet.of(TEMPLATE_CONTAINER, ORGANIZATION, ORGANIZATIONAL_UNIT);
            case GROUP -> EnumSet.of(INTERNET_SERVICES, ORGANIZATION, ORGANIZATIONAL_UNIT);
            // In the fixed containers an alias represents what stands elsewhere: NetMail "Parent Objects", "Templates".
            case ALIAS ->
                EnumSet.of(
                        INTERNET_SERVICES,
                        LIST_CONTAINER,
                        PARENT_CONTAINER,
                        TEMPLATE_CONTAINER,
                        ORGANIZATION,
                        ORGANIZATIONAL_UNIT);
            case ORGANIZATIONAL_UNIT, HOST_SERVER, USER, RESOURCE, ORGANIZATIONAL_ROLE ->
                EnumSet.of(ORGANIZATION, ORGANIZATIONAL_UNIT);
            default -> throw new IllegalStateException(name());
        };
    }

    /** Whether consoles leave it out because nothing of this version makes use of what is in it. */
    public boolean isHidden() {
        return this == LIST_CONTAINER || this == PARENT_CONTAINER || this == TEMPLATE_CONTAINER;
    }

    /** The creatable kinds that may stand in a container of this kind; none in one that is hidden. */
    public List<Kind> offers() {
        if (isHidden()) {
            return List.of();
        }
        return Arrays.stream(values())
                .filter(kind -> kind.isCreatable() && kind.parents().contains(this))
                .toList();
    }

    /** The kind of an entry with these object classes; UNKNOWN when they name none. */
    public static Kind of(List<String> objectClasses) {
        return Arrays.stream(values())
                .filter(kind -> objectClasses.stream().anyMatch(kind.objectClass::equalsIgnoreCase))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
