package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Properties;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.SearchControls;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whether this directory was set up before: then it holds the administrators, whom set-up creates last. Asked of the directory and not of a file,
 * because a second host with a fresh home may join a directory that long has its administrator.
 */
enum SetupState {
    /** Nobody set it up; a set-up link is wanted. */
    OPEN,
    /** It was set up, and the group of administrators is gone. */
    ORPHANED,
    /** There are administrators. */
    DONE,
    /** The directory does not answer. */
    UNKNOWN;

    @SuppressWarnings(
            "BanJNDI") // Reads attributes as text; nothing is looked up as an object, so nothing is deserialised.
    static SetupState in(Properties directory) {
        try {
            var context = new InitialDirContext(environment(directory));
            try {
                var services = new LdapName(directory.getProperty("root", ""));
                services.add(new Rdn("o", "Internet Services"));
                return of(context, services);
            } finally {
                context.close();
            }
        } catch (NameNotFoundException absent) {
            return OPEN;
        } catch (NamingException | IOException unreachable) {
            return UNKNOWN;
        }
    }

    // Each console that ran after the set-up has its object there.
    @SuppressWarnings("BanJNDI") // Reads attributes as text, as above.
    private static SetupState of(DirContext context, LdapName services) throws NamingException {
        var group = new LdapName(services.getRdns());
        group.add(new Rdn("cn", "Administrators"));
        try {
            context.getAttributes(group, new String[] {"objectClass"});
            return DONE;
        } catch (NameNotFoundException lost) {
            var consoles = context.search(services, "(objectClass=posthouseWebAdminServer)", new SearchControls());
            boolean ran = consoles.hasMore();
            consoles.close();
            return ran ? ORPHANED : OPEN;
        }
    }

    // The JDK's own LDAP client: one look-up does not warrant the console's SDK in this class loader.
    @SuppressWarnings("JdkObsolete") // JNDI wants a Hashtable.
    private static Hashtable<String, String> environment(Properties directory) throws IOException {
        var password = Files.readString(Path.of(directory.getProperty("passwordFile", "")));
        var environment = new Hashtable<String, String>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put("java.naming.provider.url", directory.getProperty("url", ""));
        environment.put("java.naming.security.principal", directory.getProperty("bindDn", ""));
        environment.put("java.naming.security.credentials", password.strip());
        environment.put("com.sun.jndi.ldap.connect.timeout", "3000");
        environment.put("com.sun.jndi.ldap.read.timeout", "3000");
        return environment;
    }
}
