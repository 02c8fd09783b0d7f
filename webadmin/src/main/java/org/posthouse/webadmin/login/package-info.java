/**
 * Who may use the console. Signing in is a bind at the directory, and everything a visitor does afterwards is done over
 * a connection with that visitor's own rights, so that the directory's access control is the second lock.
 */
@NullMarked
package org.posthouse.webadmin.login;

import org.jspecify.annotations.NullMarked;
