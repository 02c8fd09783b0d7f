/**
 * REST over the same drafts, rules and catalogue as the pages; the command line is a client of it. It takes no cookies:
 * every request shows credentials of its own, so no page of another site can act through a browser that is signed in.
 */
@NullMarked
package org.posthouse.webadmin.api;

import org.jspecify.annotations.NullMarked;
