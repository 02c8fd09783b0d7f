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

    private void run(String tool, String... more) {
        try {
            var address = new Properties();
            try (Reader text = Files.newBufferedReader(home.resolve("directory.properties"))) {
                address.load(text);
            }
            var command = new ArrayList<>(List.of(tool, "-x", "-H", address.getProperty("url")));
            command.addAll(List.of("-D", address.getProperty("bindDn"), "-y", address.getProperty("passwordFile")));
            command.addAll(List.of(more));
            Product.run(command);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
