package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.schema.option.Concerns;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.value.Secret;
import org.posthouse.schema.value.TrapDestination;

/** NetMail's SNMP Configuration page of a Messaging Server, with what an SNMP agent of today needs besides. */
@Panel(
        name = "server-snmp",
        title = "SNMP Configuration",
        intro = "What SNMP managers may ask this messaging server, and where it reports trouble by itself.")
public record ServerSnmp(
        @Option(
                id = 200,
                attribute = "posthouseSnmpEnabled",
                label = "SNMP Agent",
                fallback = "FALSE",
                effect = LIVE,
                help = "Whether this server answers SNMP managers and sends notifications.")
        boolean snmpEnabled,

        @Option(
                id = 201,
                attribute = "posthouseSnmpPort",
                label = "SNMP Port",
                fallback = "161",
                effect = LIVE,
                help = "The UDP port where managers ask, at the address where the server's agents listen. "
                        + "The engine's port offset is added.")
        @Min(1)
        @Max(65_535)
        int snmpPort,

        @Option(
                id = 202,
                attribute = "posthouseSnmpOrganization",
                label = "Organization",
                effect = LIVE,
                help = "Whose server this is, in words for whoever watches it.")
        @Size(max = 255, message = "takes at most 255 characters")
        String snmpOrganization,

        @Option(
                id = 203,
                attribute = "posthouseSnmpLocation",
                label = "Location",
                effect = LIVE,
                help = "Where the machine stands, such as a building and a room; shown as sysLocation.")
        @Size(max = 255, message = "takes at most 255 characters")
        String snmpLocation,

        @Option(
                id = 204,
                attribute = "posthouseSnmpContact",
                label = "Contact",
                effect = LIVE,
                help = "Whom to call about this server and how; shown as sysContact.")
        @Size(max = 255, message = "takes at most 255 characters")
        String snmpContact,

        @Option(
                id = 205,
                attribute = "posthouseSnmpName",
                label = "Name",
                effect = LIVE,
                help = "What managers call this server; shown as sysName. Empty: the name of the messaging server.")
        @Size(max = 255, message = "takes at most 255 characters")
        String snmpName,

        @Option(
                id = 206,
                attribute = "posthouseSnmpV3",
                label = "SNMP Version 3",
                fallback = "TRUE",
                effect = LIVE,
                help = "Whether managers are answered that sign with the user below (SHA-256) and encrypt (AES-128).")
        boolean snmpV3,

        @Option(
                id = 207,
                attribute = "posthouseSnmpUser",
                label = "User Name",
                effect = LIVE,
                help = "The user name of version 3. It belongs to SNMP alone and is no user of the directory.")
        @Size(max = 32, message = "takes at most 32 characters")
        String snmpUser,

        @Option(
                id = 208,
                attribute = "posthouseSnmpAuthPassword",
                label = "Authentication Password",
                effect = LIVE,
                secret = true,
                help = "With this the user of version 3 proves who asks. At least 8 characters.")
        Optional<Secret> snmpAuthPassword,

        @Option(
                id = 209,
                attribute = "posthouseSnmpPrivPassword",
                label = "Privacy Password",
                effect = LIVE,
                secret = true,
                help = "With this everything said by version 3 is encrypted. At least 8 characters.")
        Optional<Secret> snmpPrivPassword,

        @Option(
                id = 210,
                attribute = "posthouseSnmpV2c",
                label = "SNMP Version 2c",
                fallback = "FALSE",
                effect = LIVE,
                help =
                        "Whether managers are answered that only know the community. It travels in plain text: for networks "
                                + "that nobody else can listen to.")
        boolean snmpV2c,

        @Option(
                id = 211,
                attribute = "posthouseSnmpCommunity",
                label = "Community",
                effect = LIVE,
                secret = true,
                help = "The word that managers of version 2c have to say. There is none by default.")
        Optional<Secret> snmpCommunity,

        @Option(
                id = 212,
                attribute = "posthouseSnmpTrapDestination",
                label = "Trap Destination(s)",
                effect = LIVE,
                trial = Trial.HOST,
                help =
                        "Where notifications go, each host:port: of a start, of an agent that is down, of a disk that runs "
                                + "full, of wrong passwords. They go by version 3 where that is on, else by 2c.")
        @Size(max = 16, message = "takes at most 16 destinations")
        List<TrapDestination> snmpTrapDestinations) {

    private static final int SHORTEST = 8;

    /** Whether there is any way in where the agent is on. */
    @AssertTrue(message = "Switch on version 3 or version 2c, or switch the SNMP agent off.")
    @Concerns({"snmpV3", "snmpV2c"})
    public boolean isSomeVersionSpoken() {
        return !snmpEnabled || snmpV3 || snmpV2c;
    }

    /** Whether version 3 has what it needs where it is used. */
    @AssertTrue(message = "Version 3 needs a user name, an authentication password and a privacy password.")
    @Concerns({"snmpUser", "snmpAuthPassword", "snmpPrivPassword"})
    public boolean isVersionThreeComplete() {
        return !(snmpEnabled && snmpV3)
                || (!snmpUser.isBlank() && snmpAuthPassword.isPresent() && snmpPrivPassword.isPresent());
    }

    /** Whether the passwords are as long as RFC 3414 11.2 wants them. */
    @AssertTrue(message = "The passwords of version 3 need at least 8 characters.")
    @Concerns({"snmpAuthPassword", "snmpPrivPassword"})
    public boolean isEachPasswordLongEnough() {
        return Stream.of(snmpAuthPassword, snmpPrivPassword)
                .flatMap(Optional::stream)
                .allMatch(password -> password.length() >= SHORTEST);
    }

    /** Whether version 2c has its community where it is used. */
    @AssertTrue(message = "Version 2c needs a community.")
    @Concerns("snmpCommunity")
    public boolean isCommunityGivenWhenUsed() {
        return !(snmpEnabled && snmpV2c) || snmpCommunity.isPresent();
    }
}
