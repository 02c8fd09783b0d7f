/** What changes will do, and that they happen whole or not at all. */
@NullMarked
package org.posthouse.webadmin.plan;

import org.jspecify.annotations.NullMarked;
