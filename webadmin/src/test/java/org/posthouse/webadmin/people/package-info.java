/** Tests of who receives no mail. */
@NullMarked
package org.posthouse.webadmin.people;

import org.jspecify.annotations.NullMarked;
