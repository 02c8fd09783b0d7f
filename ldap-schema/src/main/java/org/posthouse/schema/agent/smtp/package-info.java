/** What the SMTP Agent is. */
@NullMarked
package org.posthouse.schema.agent.smtp;

import org.jspecify.annotations.NullMarked;
