/** Who is let in and where they go. */
@NullMarked
package org.posthouse.webadmin.login;

import org.jspecify.annotations.NullMarked;
