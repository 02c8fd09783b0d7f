package org.posthouse.schema.option;

/**
 * What is wrong with one option, in words an administrator can act on.
 *
 * @param option the component's name, or "" when the panel as a whole is meant
 * @param value the text as given
 * @param reason a phrase that completes "Label ..." or a whole sentence
 */
public record Problem(String option, String value, String reason) {}
