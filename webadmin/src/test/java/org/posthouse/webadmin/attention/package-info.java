/** Tests of who receives no mail. */
@NullMarked
package org.posthouse.webadmin.attention;

import org.jspecify.annotations.NullMarked;
