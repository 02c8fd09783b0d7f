/** Licences: what they say, who signed them, and which features of a messaging server they let run. */
@NullMarked
package org.posthouse.schema.licence;

import org.jspecify.annotations.NullMarked;
