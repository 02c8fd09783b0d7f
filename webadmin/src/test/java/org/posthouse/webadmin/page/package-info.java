/** Pages compared with the catalogue. */
@NullMarked
package org.posthouse.webadmin.page;

import org.jspecify.annotations.NullMarked;
