@NullMarked
package org.posthouse.webadmin.advice;

import org.jspecify.annotations.NullMarked;
