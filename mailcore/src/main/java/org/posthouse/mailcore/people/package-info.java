/**
 * Finds users, groups and directory aliases by the context list, tells local addresses from remote ones, and checks
 * passwords by a bind to the directory.
 */
@NullMarked
package org.posthouse.mailcore.people;

import org.jspecify.annotations.NullMarked;
