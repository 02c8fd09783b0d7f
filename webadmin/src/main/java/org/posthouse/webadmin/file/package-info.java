/** The configuration as one file: the tree written as YAML, and the steps that bring the tree to such a file. */
@NullMarked
package org.posthouse.webadmin.file;

import org.jspecify.annotations.NullMarked;
