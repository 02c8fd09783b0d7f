package org.posthouse.webadmin.boot.directory;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Set;

/**
 * What the JVM as a whole looked like before the directory started; closing it takes away what has come since.
 *
 * <p>OpenDJ publishes its port as the system property {@code LDAP_port}, and on some paths inserts a provider of
 * cryptography at position 1, which would become the default of every cipher and TLS context of console and engine.
 */
final class Footprint implements AutoCloseable {

    private final Set<String> properties = System.getProperties().stringPropertyNames();
    private final Set<Provider> providers = Set.of(Security.getProviders());

    @Override
    public void close() {
        // Others start at the same time, so only names that can be OpenDJ's are taken.
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> !properties.contains(name))
                .filter(name -> name.matches("LDAPS?_port|org\\.(opends|forgerock|openidentityplatform)\\..*"))
                .forEach(System::clearProperty);
        Arrays.stream(Security.getProviders())
                .filter(provider -> !providers.contains(provider))
                .filter(provider -> provider.getClass().getClassLoader() instanceof DirectoryClasses)
                .forEach(provider -> Security.removeProvider(provider.getName()));
    }
}
