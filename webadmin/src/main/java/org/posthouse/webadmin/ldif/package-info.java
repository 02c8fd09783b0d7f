/** What the history and the tree say as LDIF (RFC 2849), for other LDAP tools. Secrets are left out. */
@NullMarked
package org.posthouse.webadmin.ldif;

import org.jspecify.annotations.NullMarked;
