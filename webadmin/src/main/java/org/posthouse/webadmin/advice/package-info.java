/** What is to be done next for a mail system to work: derived from tree, boards and DNS, never written down. */
@NullMarked
package org.posthouse.webadmin.advice;

import org.jspecify.annotations.NullMarked;
