package org.posthouse.schema.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Begins a section of a page: this option and those that follow, up to the next one with this annotation, have a heading
 * in common. A page whose first option has none shows its options under its own title.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Section {
    /** Its name in the texts of other languages, after "section.". */
    String name();

    /** The heading in English. */
    String title();
}
