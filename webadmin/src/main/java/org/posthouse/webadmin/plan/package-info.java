/** What a change will do, worked out before it is made, and the making of it. */
@NullMarked
package org.posthouse.webadmin.plan;

import org.jspecify.annotations.NullMarked;
