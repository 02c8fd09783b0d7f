/**
 * The directory that Posthouse brings along: OpenDJ, started inside the product's own process but in a class loader
 * that shares nothing with the console or the engine. Everybody talks to it over LDAP on the loopback interface, as
 * they would to an external server; nobody calls it.
 */
@NullMarked
package org.posthouse.webadmin.boot.directory;

import org.jspecify.annotations.NullMarked;
