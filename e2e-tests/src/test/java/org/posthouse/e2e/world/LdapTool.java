package org.posthouse.e2e.world;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** OpenLDAP's tools on the product's own directory: what an administrator does past the console. */
public final class LdapTool {

    private final Path home;

    /** On the directory of a product. */
    public LdapTool(Product product) {
        this.home = product.home();
    }

    /** Deletes an object and all below it. */
    public void delete(String dn) {
        run("ldapdelete", "-r", dn);
    }

    /** Adds all entries of an LDIF file. */
    public void add(Path ldif) {
        run("ldapadd", "-c", "-f", ldif.toString());
    }

    /** Changes objects as an account of the tree. */
    public void modify(String account, String password, Path ldif) {
        call("ldapmodify", address(), List.of("-D", account, "-w", password), "-f", ldif.toString());
    }

    private void run(String tool, String... more) {
        Properties address = address();
        call(
                tool,
                address,
                List.of("-D", address.getProperty("bindDn"), "-y", address.getProperty("passwordFile")),
                more);
    }

    private static void call(String tool, Properties address, List<String> account, String... more) {
        try {
            var command = new ArrayList<>(List.of(tool, "-x", "-H", address.getProperty("url")));
            command.addAll(account);
            command.addAll(List.of(more));
            Product.run(command);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Properties address() {
        var address = new Properties();
        try (Reader text = Files.newBufferedReader(home.resolve("directory.properties"))) {
            address.load(text);
            return address;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
