/** Writes the directory schema and the options reference from the catalogue; the output is committed and compared in a test. */
@NullMarked
package org.posthouse.schema.ldif;

import org.jspecify.annotations.NullMarked;
