/** The only code that speaks LDAP: reads objects, saves them under a version check, follows changes. */
@NullMarked
package org.posthouse.schema.directory;

import org.jspecify.annotations.NullMarked;
