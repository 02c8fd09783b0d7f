/** Server certificates and their private keys: made, asked for, read from files, sealed for the directory. */
@NullMarked
package org.posthouse.schema.certificate;

import org.jspecify.annotations.NullMarked;
