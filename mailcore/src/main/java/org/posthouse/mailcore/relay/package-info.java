/** Sends mail to other hosts: a queue agent for the recipients that are not ours. */
@NullMarked
package org.posthouse.mailcore.relay;

import org.jspecify.annotations.NullMarked;
