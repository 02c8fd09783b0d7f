/**
 * Work that takes long, and the memory it needs: both are shared by everyone that an engine serves, so both are handed
 * out in portions.
 *
 * <p>A virtual thread that computes keeps a carrier thread from all others, and there are only as many as cores. So what
 * goes over many messages or many octets runs on the few platform threads of a
 * {@link org.posthouse.mailcore.compute.ComputePool}, in slices, and the operating system divides the cores.
 */
@NullMarked
package org.posthouse.mailcore.compute;

import org.jspecify.annotations.NullMarked;
