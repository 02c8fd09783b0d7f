/** Tests of tables and lists. */
@NullMarked
package org.posthouse.webadmin.table;

import org.jspecify.annotations.NullMarked;
