/** What the programs of Posthouse have in common on the command line: declaring, parsing, help, and usage errors. */
@NullMarked
package org.posthouse.schema.commandline;

import org.jspecify.annotations.NullMarked;
