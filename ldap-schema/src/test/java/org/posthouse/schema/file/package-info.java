/** Tests of files that outlive crashes, and what tests of other modules need to see that they do. */
@NullMarked
package org.posthouse.schema.file;

import org.jspecify.annotations.NullMarked;
