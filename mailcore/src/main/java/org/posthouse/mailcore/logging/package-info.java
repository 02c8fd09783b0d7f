/** How often the engine says the same thing in its log. */
@NullMarked
package org.posthouse.mailcore.logging;

import org.jspecify.annotations.NullMarked;
