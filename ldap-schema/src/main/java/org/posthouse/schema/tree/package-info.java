/** Object kinds, what may stand where, and an immutable view of all settings with the rules between objects. */
@NullMarked
package org.posthouse.schema.tree;

import org.jspecify.annotations.NullMarked;
