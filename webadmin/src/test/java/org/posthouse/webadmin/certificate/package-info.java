@NullMarked
package org.posthouse.webadmin.certificate;

import org.jspecify.annotations.NullMarked;
