package org.posthouse.schema.agent.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.posthouse.schema.agent.AgentType;
import org.posthouse.schema.agent.Edition;
import org.posthouse.schema.agent.Loss;
import org.posthouse.schema.agent.Need;
import org.posthouse.schema.agent.PortUse;
import org.posthouse.schema.agent.Question;
import org.posthouse.schema.agent.Question.Proposal;
import org.posthouse.schema.agent.ServerView;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.AgentSecurity;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.panel.SmtpOptions;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/** The SMTP Agent: it accepts mail from other hosts and from users, and sends it to other hosts. */
public final class SmtpAgentType implements AgentType {

    @Override
    public String id() {
        return "smtp";
    }

    @Override
    public String label() {
        return "SMTP Agent";
    }

    @Override
    public String objectClass() {
        return "posthouseSmtpAgent";
    }

    @Override
    public int classNumber() {
        return 4;
    }

    @Override
    public int mibRow() {
        return 3;
    }

    @Override
    public Edition edition() {
        return Edition.FOUNDATION;
    }

    @Override
    public List<Class<? extends Record>> pages() {
        return List.of(SmtpIdentification.class, SmtpOptions.class, AgentSecurity.class);
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.QUEUE);
    }

    @Override
    public List<PortUse> ports() {
        return List.of(
                PortUse.set("smtp", "port"),
                PortUse.setTls("smtps", "sslPort"),
                PortUse.set("submission", "submissionPort"));
    }

    @Override
    public boolean isSuggested() {
        return true;
    }

    @Override
    public Loss loss() {
        return Loss.MAIL;
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new Question("domains", "globalDomains", Proposal.OFFICIAL_DOMAIN),
                new Question("domains", "verifyAddresses", Proposal.INITIAL));
    }

    @Override
    public Evidence evidence(String option) {
        return switch (option) {
            case "postmaster" -> Evidence.POSTMASTER;
            case "port" -> Evidence.PLAIN_PORT;
            case "sslPort" -> Evidence.SSL_PORT;
            case "submissionPort" -> Evidence.SUBMISSION_PORT;
            case "allowVrfy" -> Evidence.VRFY;
            case "allowExpn" -> Evidence.EXPN;
            case "verifyAddresses" -> Evidence.UNKNOWN_USER;
            case "acceptEtrn" -> Evidence.ETRN;
            case "maximumMessageSize" -> Evidence.SIZE;
            case "globalDomains", "hostingDomains" -> Evidence.DOMAIN;
            default -> Evidence.ofMailProtocol(option);
        };
    }

    // A domain is either global or hosting, on all servers.
    @Override
    public List<Problem> check(Place agent, Record page, Supplier<List<ServerView>> servers) {
        if (!(page instanceof SmtpIdentification own)) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        own.hostingDomains().forEach(hosting -> problems.addAll(official(hosting, servers.get())));
        servers.get().stream()
                .filter(server -> !agent.isWithin(server.place()))
                .forEach(server -> server.find(SmtpIdentification.class)
                        .ifPresent(other -> problems.addAll(bothKinds(server, own, other))));
        return problems;
    }

    private static List<Problem> official(DomainName hosting, List<ServerView> servers) {
        return servers.stream()
                .filter(server -> server.find(ServerIdentification.class)
                        .filter(page -> page.officialDomain().equals(hosting))
                        .isPresent())
                .limit(1)
                .map(server -> new Problem(
                        "hostingDomains",
                        hosting.ascii(),
                        "is the Official Domain of " + server.name() + " and so a Global Domain"))
                .toList();
    }

    private static List<Problem> bothKinds(ServerView server, SmtpIdentification page, SmtpIdentification other) {
        var hosting = page.hostingDomains().stream()
                .filter(Set.copyOf(other.globalDomains())::contains)
                .map(domain -> new Problem("hostingDomains", domain.ascii(), "is a Global Domain of " + server.name()));
        var global = page.globalDomains().stream()
                .filter(Set.copyOf(other.hostingDomains())::contains)
                .map(domain -> new Problem("globalDomains", domain.ascii(), "is a Hosting Domain of " + server.name()));
        return Stream.concat(hosting, global).toList();
    }
}
