/**
 * The pages of the console, one bean each: they hold what the visitor sees and types, and leave every decision to drafts,
 * creations and the directory.
 */
@NullMarked
package org.posthouse.webadmin.page;

import org.jspecify.annotations.NullMarked;
