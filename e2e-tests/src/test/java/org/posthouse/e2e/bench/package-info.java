/** Benchmarks: they print figures and assert none. */
@NullMarked
package org.posthouse.e2e.bench;

import org.jspecify.annotations.NullMarked;
