/** One record per console page; its components are the options of that page, with the names of NetMail 3.5. */
@NullMarked
package org.posthouse.schema.panel;

import org.jspecify.annotations.NullMarked;
