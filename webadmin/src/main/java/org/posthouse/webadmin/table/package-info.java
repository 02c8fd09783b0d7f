/** Tables and lists: what is asked of one (filter, order, page), and the rows that answer it. */
@NullMarked
package org.posthouse.webadmin.table;

import org.jspecify.annotations.NullMarked;
