package org.posthouse.webadmin.boot.directory;

/**
 * Where the directory also listens for other hosts, over TLS alone.
 *
 * @param address an address of this host
 * @param port the port
 */
public record Ldaps(String address, int port) {}
