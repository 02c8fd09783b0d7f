/** What an agent of a messaging server is to the engine, and the surroundings in which it works. */
@NullMarked
package org.posthouse.mailcore.agent;

import org.jspecify.annotations.NullMarked;
