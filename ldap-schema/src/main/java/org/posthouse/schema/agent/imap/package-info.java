/** What the IMAP Agent is. */
@NullMarked
package org.posthouse.schema.agent.imap;

import org.jspecify.annotations.NullMarked;
