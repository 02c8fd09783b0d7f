/** Long lists in few words. */
@NullMarked
package org.posthouse.schema.summary;

import org.jspecify.annotations.NullMarked;
