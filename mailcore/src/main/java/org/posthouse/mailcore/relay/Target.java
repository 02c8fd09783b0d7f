package org.posthouse.mailcore.relay;

import java.net.InetSocketAddress;

/**
 * A host to call, by the name the DNS has for it, at one of its addresses.
 *
 * @param host its name, or an address where mail goes by one
 * @param address where it is called
 * @param service the port it has by its owner's books; not that of a laboratory where it is called
 * @param domain whose mail host it is; "" when mail goes to it whatever the domain
 * @param vouched whether it is certain that it is: by the DNS, or because the administrator names it
 */
record Target(String host, InetSocketAddress address, int service, String domain, boolean vouched) {}
