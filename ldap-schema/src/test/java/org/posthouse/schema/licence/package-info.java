@NullMarked
package org.posthouse.schema.licence;

import org.jspecify.annotations.NullMarked;
