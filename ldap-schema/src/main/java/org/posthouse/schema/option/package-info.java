/** The words in which an option is declared, once, and the catalogue that reads them. Schema, form, validation, API, reference and engine derive from here. */
@NullMarked
package org.posthouse.schema.option;

import org.jspecify.annotations.NullMarked;
