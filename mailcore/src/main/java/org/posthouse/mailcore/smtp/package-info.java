/** Receives mail from the network and from users who send, and hands it to the queue. */
@NullMarked
package org.posthouse.mailcore.smtp;

import org.jspecify.annotations.NullMarked;
