package org.posthouse.schema.option;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stands on a rule of a panel as a whole and names the options that the rule is about, so that a page can say it there. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Concerns {

    /** The names of the options. */
    String[] value();
}
