/**
 * What stands before and behind every page: the headers that tell the browser what this console never does, the answer
 * for those who only ask whether it lives, and the words for a visitor when something failed.
 */
@NullMarked
package org.posthouse.webadmin.guard;

import org.jspecify.annotations.NullMarked;
