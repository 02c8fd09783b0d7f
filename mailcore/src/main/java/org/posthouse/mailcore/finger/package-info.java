/** What the Finger Agent does (RFC 1288). */
@NullMarked
package org.posthouse.mailcore.finger;

import org.jspecify.annotations.NullMarked;
