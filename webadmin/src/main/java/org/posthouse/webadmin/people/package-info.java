/** Who receives no mail at the moment, and which addresses lead nowhere. */
@NullMarked
package org.posthouse.webadmin.people;

import org.jspecify.annotations.NullMarked;
