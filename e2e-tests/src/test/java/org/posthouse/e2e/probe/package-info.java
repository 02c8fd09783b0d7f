/** What one client can ask for, and what others experience meanwhile. Small here; {@code ./posthouse test --long} asks for much. */
@NullMarked
package org.posthouse.e2e.probe;

import org.jspecify.annotations.NullMarked;
