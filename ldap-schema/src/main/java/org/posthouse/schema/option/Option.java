package org.posthouse.schema.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one option on a component of a panel record. Ranges are Jakarta Validation constraints on the component.
 *
 * <p>An attribute that is absent from the directory means {@link #fallback}; a fallback is never written there.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Option {
    /** The last number of the attribute's OID; never reused. 0: the attribute is a standard one, not of our schema. */
    int id();

    /** The directory attribute that holds the value. */
    String attribute();

    /** The name on the page, NetMail's word. */
    String label();

    /** The text form of the value when the attribute is absent; empty: no value. */
    String fallback() default "";

    /**
     * The text form of the value that a newly created object gets where its author says nothing; empty: the fallback. For
     * what NetMail leaves open and a new installation has closed. It is written to the directory, so that an object from
     * before, which lacks the attribute, stays as it was.
     */
    String initial() default "";

    /** What a change asks of the engine. */
    Effect effect();

    /** One to three sentences for the administrator. */
    String help();

    /** The unit behind the field, such as "minutes". */
    String unit() default "";

    /** Whether the object cannot be without it. */
    boolean mandatory() default false;

    /**
     * Whether the value is never shown, logged or read back. A text of this kind is best a
     * {@link org.posthouse.schema.value.Secret}. In a form, an empty field leaves what is stored as it is.
     */
    boolean secret() default false;

    /**
     * Whether a wrong value can lock administrators out. Such a change is applied and taken back by itself, unless it is
     * confirmed within a minute.
     */
    boolean confirm() default false;

    /** Whether the console sets it by itself, or asks for it elsewhere: it is on no page, but in API, CLI, and files. */
    boolean internal() default false;

    /**
     * Whether anything applies it in this version. What nothing applies is shown on no page and cannot be set, but a value
     * that is in the directory already stays and can be removed.
     */
    boolean available() default true;

    /**
     * Of an option that names another object: the kinds that it can name, by their names in the API, such as "USER"; empty:
     * any kind.
     */
    String[] accepts() default {};

    /** What an engine can try of a new value before it is saved. */
    Trial trial() default Trial.NONE;
}
