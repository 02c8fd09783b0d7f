/**
 * Which mailbox an address or login name means, at which messaging server, and who therefore receives mail and can sign
 * in. The engine asks here for every recipient and every login; the console asks here what a change does to people.
 */
@NullMarked
package org.posthouse.schema.address;

import org.jspecify.annotations.NullMarked;
