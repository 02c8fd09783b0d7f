/** The settings in force: one immutable snapshot for each messaging server, adopted from the directory or refused. */
@NullMarked
package org.posthouse.mailcore.settings;

import org.jspecify.annotations.NullMarked;
