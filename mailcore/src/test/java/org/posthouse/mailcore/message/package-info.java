/** Tests of how messages are read. */
@org.jspecify.annotations.NullMarked
package org.posthouse.mailcore.message;
