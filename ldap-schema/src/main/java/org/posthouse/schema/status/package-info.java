/** What engines report of themselves and consoles read: the words that both sides share. */
@NullMarked
package org.posthouse.schema.status;

import org.jspecify.annotations.NullMarked;
