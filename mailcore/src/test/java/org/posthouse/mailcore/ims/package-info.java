/** Tests of the engine as a program. */
@NullMarked
package org.posthouse.mailcore.ims;

import org.jspecify.annotations.NullMarked;
