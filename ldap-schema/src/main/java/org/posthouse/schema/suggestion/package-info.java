/** The name that was probably meant where a word is none: of commands, options, kinds, and members of requests. */
@NullMarked
package org.posthouse.schema.suggestion;

import org.jspecify.annotations.NullMarked;
