/** Raw dialogues over sockets. */
@NullMarked
package org.posthouse.e2e.wire;

import org.jspecify.annotations.NullMarked;
