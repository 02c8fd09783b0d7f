/** Checks passwords in a bounded pool, remembers correct ones, and slows down those who guess. */
@NullMarked
package org.posthouse.schema.login;

import org.jspecify.annotations.NullMarked;
