package org.posthouse.mailcore.relay;

import java.net.InetSocketAddress;

/** A host to call, by the name the DNS has for it, at one of its addresses. */
record Target(String host, InetSocketAddress address) {}
