/** What an agent of a messaging server is: each declares itself in one class, next to the option pages of its own. */
@NullMarked
package org.posthouse.schema.agent;

import org.jspecify.annotations.NullMarked;
