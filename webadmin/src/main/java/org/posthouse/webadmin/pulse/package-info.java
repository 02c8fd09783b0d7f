/**
 * What the engines do now: each Host Server names the board of its engine, and one thread per board waits there for the
 * next news. Pages read the newest state from memory and never wait for an engine.
 */
@NullMarked
package org.posthouse.webadmin.pulse;

import org.jspecify.annotations.NullMarked;
