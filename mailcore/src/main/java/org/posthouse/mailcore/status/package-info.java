/**
 * The status board: what each messaging server and agent of this engine obeys since when, and its counters; read-only to
 * the outside except for the commands start, stop and restart.
 */
@NullMarked
package org.posthouse.mailcore.status;

import org.jspecify.annotations.NullMarked;
