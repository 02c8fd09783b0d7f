/**
 * The NMAP Agent's protocol on TCP 689: greeting, challenge, the questions about queue and configuration, and the hand-over
 * of mail from one messaging server to another. The other commands of NetMail's NMAP come with the agents that need them.
 */
@NullMarked
package org.posthouse.mailcore.nmap;

import org.jspecify.annotations.NullMarked;
