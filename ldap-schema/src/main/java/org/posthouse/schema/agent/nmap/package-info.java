/** What the NMAP Agent is. */
@NullMarked
package org.posthouse.schema.agent.nmap;

import org.jspecify.annotations.NullMarked;
