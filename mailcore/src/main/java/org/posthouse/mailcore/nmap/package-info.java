/**
 * The NMAP Agent's protocol on TCP 689: greeting, challenge, and the questions about queue and configuration. The other
 * commands of NetMail's NMAP come with the agents that need them.
 */
@NullMarked
package org.posthouse.mailcore.nmap;

import org.jspecify.annotations.NullMarked;
