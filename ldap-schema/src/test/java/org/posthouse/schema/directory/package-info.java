/** What every directory server must do for Posthouse, and the servers it is tried on. */
@NullMarked
package org.posthouse.schema.directory;

import org.jspecify.annotations.NullMarked;
