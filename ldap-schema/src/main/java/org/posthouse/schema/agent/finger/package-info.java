/** What the Finger Agent is. */
@NullMarked
package org.posthouse.schema.agent.finger;

import org.jspecify.annotations.NullMarked;
