/** The certificates of messaging servers as an administrator handles them: made, asked for, installed, taken away. */
@NullMarked
package org.posthouse.webadmin.certificate;

import org.jspecify.annotations.NullMarked;
