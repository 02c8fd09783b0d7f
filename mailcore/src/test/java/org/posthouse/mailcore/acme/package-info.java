/** Tests of the ACME client by itself; whole orders are in the end-to-end tests. */
@NullMarked
package org.posthouse.mailcore.acme;

import org.jspecify.annotations.NullMarked;
