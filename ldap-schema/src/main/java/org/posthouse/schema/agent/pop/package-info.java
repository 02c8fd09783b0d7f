/** What the POP Agent is. */
@NullMarked
package org.posthouse.schema.agent.pop;

import org.jspecify.annotations.NullMarked;
