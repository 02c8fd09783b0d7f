/**
 * From catalogue to fields: a draft of one page of one object, with everything that is wrong with it and everything it
 * would change. Pages, REST and command line all save through it.
 */
@NullMarked
package org.posthouse.webadmin.form;

import org.jspecify.annotations.NullMarked;
