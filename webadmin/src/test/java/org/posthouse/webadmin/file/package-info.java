/** Files written and applied against a directory in memory. */
@NullMarked
package org.posthouse.webadmin.file;

import org.jspecify.annotations.NullMarked;
