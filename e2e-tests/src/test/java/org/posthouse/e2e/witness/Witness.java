package org.posthouse.e2e.witness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the options that a test changes and sees obeyed. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Witness {
    /** Option names, as in the catalogue. */
    String[] value();
}
