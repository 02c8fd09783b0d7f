package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;
import static org.posthouse.schema.option.Effect.SERVER_RESTART;

import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.FolderPath;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;

/** NetMail's Identification page of a Messaging Server. */
@Panel(
        name = "server-identification",
        title = "Identification",
        intro = "The identity of this messaging server, and the folders of its own files.")
public record ServerIdentification(
        @Option(
                id = 1,
                attribute = "posthouseHost",
                accepts = "HOST_SERVER",
                label = "Host Server",
                mandatory = true,
                effect = SERVER_RESTART,
                trial = Trial.HOST_SERVER,
                help = "The Host Server object of the host whose engine runs this messaging server. Mailboxes "
                        + "are not moved to the new host.")
        Place hostServer,

        @Option(
                id = 2,
                attribute = "posthousePostmaster",
                accepts = "USER",
                label = "Postmaster",
                mandatory = true,
                effect = LIVE,
                help = "The user who receives mail for postmaster. Must belong to a Global Domain.")
        Place postmaster,

        @Option(
                id = 3,
                attribute = "posthouseOfficialDomain",
                label = "Official Domain",
                mandatory = true,
                effect = LIVE,
                trial = Trial.DOMAIN,
                help = "The Global Domain by which this server identifies itself, such as example.com: in its "
                        + "greeting, in system messages, and as the domain of users in its contexts. A Hosting "
                        + "Domain is not allowed.")
        DomainName officialDomain,

        @Option(
                id = 4,
                attribute = "posthouseWorkDirectory",
                label = "Temp Directory",
                fallback = "temp",
                effect = SERVER_RESTART,
                trial = Trial.TEMP_DIRECTORY,
                help = "The folder for temporary files, such as the diagnostics of the message store. A relative "
                        + "folder is in the server's home on its host.")
        FolderPath tempDirectory,

        @Option(
                id = 5,
                attribute = "posthouseDbfDirectory",
                label = "DBF Directory",
                fallback = "dbf",
                effect = LIVE,
                trial = Trial.DBF_DIRECTORY,
                help = "The folder for the alias database, the address book database, the queue client file, and "
                        + "copies of the certificate. Its files move to the new folder. A relative folder is in the "
                        + "server's home on its host.")
        FolderPath dbfDirectory,

        @Option(
                id = 6,
                attribute = "posthouseResolver",
                label = "Resolver(s)",
                effect = LIVE,
                trial = Trial.RESOLVER,
                help = "The DNS servers that this server queries, in this order, such as 192.0.2.53; at most 8. "
                        + "If empty, it uses the DNS servers of its host.")
        @Size(max = 8, message = "can have at most 8 addresses")
        List<IpAddress> resolvers,

        @Option(
                id = 7,
                attribute = "posthouseDistributed",
                label = "Distributed Processing",
                fallback = "TRUE",
                effect = LIVE,
                help = "Works together with all other messaging servers in Internet Services. If this is off, "
                        + "the server is standalone and knows only its own users.")
        boolean distributedProcessing,

        @Option(
                id = 8,
                attribute = "posthouseConnMgrEnabled",
                label = "Use Connection Manager",
                fallback = "FALSE",
                effect = LIVE,
                available = false,
                help = "Reports logins to the Connection Manager of the messaging system, and looks them up "
                        + "there. Not available in this version.")
        boolean connectionManagerEnabled,

        @Option(
                id = 9,
                attribute = "posthouseConnMgr",
                accepts = "MESSAGING_SERVER",
                label = "Connection Manager",
                effect = LIVE,
                available = false,
                help = "The messaging server that runs the Connection Manager of the messaging system. Not "
                        + "available in this version.")
        Optional<Place> connectionManager) {

    /** The same with other folders. */
    public ServerIdentification in(FolderPath temp, FolderPath dbf) {
        return new ServerIdentification(
                hostServer,
                postmaster,
                officialDomain,
                temp,
                dbf,
                resolvers,
                distributedProcessing,
                connectionManagerEnabled,
                connectionManager);
    }
}
