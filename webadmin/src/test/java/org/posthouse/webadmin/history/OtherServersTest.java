package org.posthouse.webadmin.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.directory.NsSlapd;
import org.posthouse.schema.directory.Slapd;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.setup.Installation;
import org.posthouse.webadmin.setup.SetUp;

/** What another tool does to users, groups, and aliases in OpenLDAP and in 389 Directory Server, also while the console is down. */
class OtherServersTest {

    private static final String PEOPLE = "ou=people,o=Acme,dc=posthouse";

    @TempDir
    private Path folder;

    @Test
    void whatAnotherToolDoesInOpenLdapIsRecorded() throws Exception {
        assumeTrue(Files.isExecutable(Slapd.PROGRAM), "OpenLDAP is not installed: apt-get install slapd");
        try (var server = Slapd.start(Files.createDirectory(folder.resolve("server")))) {
            isRecorded(server.address(), server.address());
        }
    }

    @Test
    void whatAnotherToolDoesIn389DirectoryServerIsRecorded() throws Exception {
        assumeTrue(
                Files.isExecutable(NsSlapd.PROGRAM),
                "389 Directory Server is not installed: apt-get install 389-ds-base");
        try (var server = NsSlapd.start(Files.createTempDirectory("posthouse-389"))) {
            isRecorded(server.ldaps(), server.plain());
        }
    }

    private void isRecorded(DirectoryAddress address, DirectoryAddress plain) throws Exception {
        var url = new LDAPURL(plain.url());
        try (Directory directory = Directory.connect(address, Clock.systemUTC());
                var tool = new LDAPConnection(
                        Objects.requireNonNull(url.getHost()), url.getPort(), plain.bindDn(), plain.password())) {
            install(directory);
            user(tool, "anna");
            user(tool, "bob");
            try (History history = open();
                    Others others = follow(history, directory)) {
                await(others::isSurveyed);
                whileRunning(history, tool);
            }
            // A server counts in seconds.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_100));
            change(tool, "two");
            try (History history = open()) {
                int before = history.size();
                try (Others others = follow(history, directory)) {
                    await(others::isSurveyed);
                    assertEquals(expected("two"), Set.copyOf(told(history, history.size() - before)));
                }
            }
        }
    }

    private static void install(Directory directory) {
        new Installation(directory)
                .run(new SetUp(
                        "admin",
                        "a long enough pass phrase",
                        "Acme",
                        "people",
                        "mail1",
                        new DomainName("example.com"),
                        List.of(new IpAddress("192.0.2.53")),
                        "host1",
                        true,
                        EnumSet.of(Kind.SMTP_AGENT)));
    }

    private History open() throws IOException {
        return History.open(folder.resolve("history"), Clock.systemUTC(), () -> Optional.of("secret"), "console A");
    }

    private static Others follow(History history, Directory directory) {
        return Others.follow(history, directory, "cn=the console", Clock.systemUTC());
    }

    private static void whileRunning(History history, LDAPConnection tool) throws Exception {
        change(tool, "one");
        await(() -> history.size() >= expected("one").size());
        assertEquals(expected("one"), Set.copyOf(told(history, history.size())));
        for (Change change : history.find(Filter.ALL, 0, 50).changes()) {
            assertEquals(Author.By.TOOL, change.author().by());
            assertTrue(change.author().who().equalsIgnoreCase(String.valueOf(bound(tool))), change.toString());
        }
    }

    private static String bound(LDAPConnection tool) {
        return tool.getLastBindRequest() instanceof SimpleBindRequest simple ? simple.getBindDN() : "";
    }

    /** Makes, changes, renames, and deletes a user, and changes a group, a container, and an alias. */
    private static void change(LDAPConnection tool, String round) throws LDAPException, LDIFException {
        user(tool, "eva" + round);
        modify(tool, "cn=admin," + PEOPLE, "sn", "Boss " + round);
        tool.modifyDN("cn=anna" + (round.equals("two") ? "one" : "") + "," + PEOPLE, "cn=anna" + round, true);
        tool.add(
                "dn: cn=group" + round + "," + PEOPLE,
                "objectClass: groupOfNames",
                "cn: group" + round,
                "member: cn=admin," + PEOPLE);
        modify(tool, PEOPLE, "description", round);
        tool.add(
                "dn: cn=alias" + round + "," + PEOPLE,
                "objectClass: alias",
                "objectClass: extensibleObject",
                "cn: alias" + round,
                "aliasedObjectName: cn=admin," + PEOPLE);
        if (round.equals("two")) {
            tool.delete("cn=bob," + PEOPLE);
            modify(tool, "cn=groupone," + PEOPLE, "member", "cn=evaone," + PEOPLE);
            tool.delete("cn=aliasone," + PEOPLE);
        }
    }

    private static Set<String> expected(String round) {
        Set<String> always = Set.of(
                "MADE eva" + round,
                "CHANGED admin",
                "REMOVED anna" + (round.equals("two") ? "one" : "") + ", MADE anna" + round,
                "MADE group" + round,
                "CHANGED people",
                "MADE alias" + round);
        return round.equals("one")
                ? always
                : Stream.concat(always.stream(), Stream.of("REMOVED bob", "CHANGED groupone", "REMOVED aliasone"))
                        .collect(Collectors.toSet());
    }

    private static List<String> told(History history, int newest) throws IOException {
        return history.find(Filter.ALL, 0, newest).changes().stream()
                .map(change -> change.deeds().stream()
                        .map(deed -> deed.what() + " " + Place.of(deed.object()).leaf())
                        .collect(Collectors.joining(", ")))
                .toList();
    }

    private static void user(LDAPConnection tool, String name) throws LDAPException, LDIFException {
        tool.add("dn: cn=" + name + "," + PEOPLE, "objectClass: inetOrgPerson", "cn: " + name, "sn: " + name);
    }

    private static void modify(LDAPConnection tool, String dn, String attribute, String value)
            throws LDAPException, LDIFException {
        tool.modify(new ModifyRequest(
                "dn: " + dn, "changetype: modify", "replace: " + attribute, attribute + ": " + value));
    }

    private static void await(BooleanSupplier something) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!something.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "nothing came of it");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
