package org.posthouse.schema.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares a record as one page of the console. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Panel {
    /** Stable name in URLs and the API, lower case: "smtp-options". */
    String name();

    /** NetMail's title of the page: "Options". */
    String title();

    /** One sentence under the title. */
    String intro() default "";

    /** Which object's entry holds the attributes. */
    Holder holder() default Holder.SELF;

    /** The object itself, or the one it stands in (NMAP contexts are kept on the messaging server). */
    enum Holder {
        SELF,
        PARENT
    }
}
