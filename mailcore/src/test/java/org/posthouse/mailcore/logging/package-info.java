/** Tests of what the engine says in its log. */
@NullMarked
package org.posthouse.mailcore.logging;

import org.jspecify.annotations.NullMarked;
