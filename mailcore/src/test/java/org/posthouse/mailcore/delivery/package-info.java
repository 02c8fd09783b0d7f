/** Tests of the delivery to mailboxes. */
@NullMarked
package org.posthouse.mailcore.delivery;

import org.jspecify.annotations.NullMarked;
