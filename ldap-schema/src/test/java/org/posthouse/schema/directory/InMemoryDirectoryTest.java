package org.posthouse.schema.directory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the LDAP SDK's own server: no persistent search, no synchronisation, so followers poll. */
class InMemoryDirectoryTest extends DirectoryContract {

    private static InMemoryDirectory server;

    @BeforeAll
    static void start() {
        server = InMemoryDirectory.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected DirectoryAddress address() {
        return server.address();
    }

    @Override
    protected String manner() {
        return "polling";
    }
}
