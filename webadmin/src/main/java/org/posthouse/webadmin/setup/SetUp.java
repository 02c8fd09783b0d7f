package org.posthouse.webadmin.setup;

import java.util.List;
import java.util.Set;
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
 * @param agents its agents besides the NMAP Agent, which it always has; NetMail's installation creates no other
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
        Set<Kind> agents) {

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
