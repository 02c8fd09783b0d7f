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
        intro = "The information that SNMP managers can read from this messaging server, and the "
                + "destinations of its notifications.")
public record ServerSnmp(
        @Option(
                id = 200,
                attribute = "posthouseSnmpEnabled",
                label = "SNMP Agent",
                fallback = "FALSE",
                effect = LIVE,
                help = "Answers SNMP managers and sends notifications.")
        boolean snmpEnabled,

        @Option(
                id = 201,
                attribute = "posthouseSnmpPort",
                label = "SNMP Port",
                fallback = "161",
                effect = LIVE,
                help = "The UDP port for SNMP requests, usually 161, at the same address as the server's agents. "
                        + "The engine's port offset is added.")
        @Min(1)
        @Max(65_535)
        int snmpPort,

        @Option(
                id = 202,
                attribute = "posthouseSnmpOrganization",
                label = "Organization",
                effect = LIVE,
                help = "The organization that runs this server, as shown to people who monitor it.")
        @Size(max = 255, message = "must have at most 255 characters")
        String snmpOrganization,

        @Option(
                id = 203,
                attribute = "posthouseSnmpLocation",
                label = "Location",
                effect = LIVE,
                help = "The location of the host, such as a building and a room. SNMP managers read it as "
                        + "sysLocation.")
        @Size(max = 255, message = "must have at most 255 characters")
        String snmpLocation,

        @Option(
                id = 204,
                attribute = "posthouseSnmpContact",
                label = "Contact",
                effect = LIVE,
                help = "The person to contact about this server, and how. SNMP managers read it as sysContact.")
        @Size(max = 255, message = "must have at most 255 characters")
        String snmpContact,

        @Option(
                id = 205,
                attribute = "posthouseSnmpName",
                label = "Name",
                effect = LIVE,
                help = "The name of this server in SNMP managers, as sysName. If empty, the name of the "
                        + "messaging server.")
        @Size(max = 255, message = "must have at most 255 characters")
        String snmpName,

        @Option(
                id = 206,
                attribute = "posthouseSnmpV3",
                label = "SNMP Version 3",
                fallback = "TRUE",
                effect = LIVE,
                help = "Accepts SNMPv3 requests that authenticate with the user name below (SHA-256) and are "
                        + "encrypted (AES-128).")
        boolean snmpV3,

        @Option(
                id = 207,
                attribute = "posthouseSnmpUser",
                label = "User Name",
                effect = LIVE,
                help = "The user name for SNMPv3. It is used for SNMP only and is not a user in the directory.")
        @Size(max = 32, message = "must have at most 32 characters")
        String snmpUser,

        @Option(
                id = 208,
                attribute = "posthouseSnmpAuthPassword",
                label = "Authentication Password",
                effect = LIVE,
                secret = true,
                help = "The password with which the SNMPv3 user authenticates. At least 8 characters.")
        Optional<Secret> snmpAuthPassword,

        @Option(
                id = 209,
                attribute = "posthouseSnmpPrivPassword",
                label = "Privacy Password",
                effect = LIVE,
                secret = true,
                help = "The password with which SNMPv3 messages are encrypted. At least 8 characters.")
        Optional<Secret> snmpPrivPassword,

        @Option(
                id = 210,
                attribute = "posthouseSnmpV2c",
                label = "SNMP Version 2c",
                fallback = "FALSE",
                effect = LIVE,
                help = "Accepts SNMPv2c requests with the community below. The community is sent in plain text: "
                        + "use this only in networks on which no one else can listen.")
        boolean snmpV2c,

        @Option(
                id = 211,
                attribute = "posthouseSnmpCommunity",
                label = "Community",
                effect = LIVE,
                secret = true,
                help = "The community string that SNMPv2c managers must send. There is none by default.")
        Optional<Secret> snmpCommunity,

        @Option(
                id = 212,
                attribute = "posthouseSnmpTrapDestination",
                label = "Trap Destination(s)",
                effect = LIVE,
                trial = Trial.HOST,
                help = "The destinations of notifications, each as host:port, such as monitor.example.com:162; "
                        + "at most 16. Notifications report starts, agents that are down, disks that are nearly "
                        + "full, and wrong passwords. They use SNMPv3 if it is on, otherwise SNMPv2c.")
        @Size(max = 16, message = "can have at most 16 destinations")
        List<TrapDestination> snmpTrapDestinations) {

    private static final int SHORTEST = 8;

    /** Whether there is any way in where the agent is on. */
    @AssertTrue(message = "Turn on version 3 or version 2c, or turn off the SNMP Agent.")
    @Concerns({"snmpV3", "snmpV2c"})
    public boolean isSomeVersionSpoken() {
        return !snmpEnabled || snmpV3 || snmpV2c;
    }

    /** Whether version 3 has what it needs where it is used. */
    @AssertTrue(message = "Version 3 requires a user name, an authentication password, and a privacy password.")
    @Concerns({"snmpUser", "snmpAuthPassword", "snmpPrivPassword"})
    public boolean isVersionThreeComplete() {
        return !(snmpEnabled && snmpV3)
                || (!snmpUser.isBlank() && snmpAuthPassword.isPresent() && snmpPrivPassword.isPresent());
    }

    /** Whether the passwords are as long as RFC 3414 11.2 wants them. */
    @AssertTrue(message = "The passwords of version 3 must have at least 8 characters.")
    @Concerns({"snmpAuthPassword", "snmpPrivPassword"})
    public boolean isEachPasswordLongEnough() {
        return Stream.of(snmpAuthPassword, snmpPrivPassword)
                .flatMap(Optional::stream)
                .allMatch(password -> password.length() >= SHORTEST);
    }

    /** Whether version 2c has its community where it is used. */
    @AssertTrue(message = "Version 2c requires a community.")
    @Concerns("snmpCommunity")
    public boolean isCommunityGivenWhenUsed() {
        return !(snmpEnabled && snmpV2c) || snmpCommunity.isPresent();
    }
}
