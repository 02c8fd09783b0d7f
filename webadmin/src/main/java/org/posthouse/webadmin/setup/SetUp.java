package org.posthouse.webadmin.setup;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;

/**
 * What is asked at the first start; NetMail's installation prompts with the administrator in front.
 *
 * @param adminName login name of the first administrator
 * @param adminPassword its password; never shown or logged
 * @param organization name of the organisation
 * @param userContainer name of the container in it that holds the first users
 * @param serverName name of the messaging server
 * @param officialDomain its Official Domain
 * @param resolvers primary and secondary DNS servers; may be empty
 * @param hostName name of this host, by which its engine finds its Host Server object
 * @param createServer whether a messaging server is created at all
 * @param agents its agents besides the NMAP Agent, which it always has
 * @param tls whether the server gets a self-signed certificate and SSL and TLS is on
 * @param verifyAddresses whether the SMTP Agent refuses mail to unknown users while the sender is connected
 */
public record SetUp(
        String adminName,
        String adminPassword,
        String organization,
        String userContainer,
        String serverName,
        DomainName officialDomain,
        List<IpAddress> resolvers,
        String hostName,
        boolean createServer,
        Set<Kind> agents,
        boolean tls,
        boolean verifyAddresses) {

    /** Stands for the Official Domain where no server is created. */
    public static final DomainName NO_DOMAIN = new DomainName("localhost");

    /** The agents that a new mail system has unless its administrator decides otherwise. */
    public static final Set<Kind> AGENTS = Kind.agents().stream()
            .filter(kind -> kind.agentType().isSuggested())
            .filter(kind -> kind.agentType().provides().isEmpty())
            .collect(Collectors.collectingAndThen(
                    Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)), Collections::unmodifiableSet));

    /** Without TLS, and with verified addresses. */
    public SetUp(
            String adminName,
            String adminPassword,
            String organization,
            String userContainer,
            String serverName,
            DomainName officialDomain,
            List<IpAddress> resolvers,
            String hostName,
            boolean createServer,
            Set<Kind> agents) {
        this(
                adminName,
                adminPassword,
                organization,
                userContainer,
                serverName,
                officialDomain,
                resolvers,
                hostName,
                createServer,
                agents,
                false,
                true);
    }

    /** With NetMail's own choice of agents. */
    public SetUp(
            String adminName,
            String adminPassword,
            String organization,
            String userContainer,
            String serverName,
            DomainName officialDomain,
            List<IpAddress> resolvers,
            String hostName,
            boolean createServer) {
        this(
                adminName,
                adminPassword,
                organization,
                userContainer,
                serverName,
                officialDomain,
                resolvers,
                hostName,
                createServer,
                Set.of());
    }

    @Override
    public String toString() {
        return "SetUp of " + organization + " by " + adminName;
    }
}
