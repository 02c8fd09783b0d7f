/**
 * How a new host joins: a one-time token that an administrator hands over, and what the host gets for it, which is an
 * account of its own in the directory.
 */
@NullMarked
package org.posthouse.webadmin.join;

import org.jspecify.annotations.NullMarked;
