/**
 * The program behind {@code ./posthouse run}: starts the embedded directory, the engine and the console in one JVM, each
 * in a class loader of its own, and stops them together. They share no object: the directory and the status board are
 * where they meet, so an engine on another host is no special case.
 */
@NullMarked
package org.posthouse.webadmin.boot;

import org.jspecify.annotations.NullMarked;
