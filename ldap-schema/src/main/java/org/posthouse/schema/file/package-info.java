/** Files that outlive crashes and power cuts. */
@NullMarked
package org.posthouse.schema.file;

import org.jspecify.annotations.NullMarked;
