/** Drafts and creations against a directory in memory. */
@NullMarked
package org.posthouse.webadmin.form;

import org.jspecify.annotations.NullMarked;
