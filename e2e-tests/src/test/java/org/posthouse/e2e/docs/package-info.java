/** Whether the documents say what is so. */
@NullMarked
package org.posthouse.e2e.docs;

import org.jspecify.annotations.NullMarked;
