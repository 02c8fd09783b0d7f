/** What needs an administrator's attention, in one list for the home page, the API, and the command line. */
@NullMarked
package org.posthouse.webadmin.attention;

import org.jspecify.annotations.NullMarked;
