/** Typed values of options and their text form: domain names, places in the tree, addresses, folders. */
@NullMarked
package org.posthouse.schema.value;

import org.jspecify.annotations.NullMarked;
