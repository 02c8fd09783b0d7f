package org.posthouse.webadmin.pulse;

/**
 * What came of trying a value that is wanted.
 *
 * @param word the engine's word: good, taken, forbidden, silent, none, absent
 * @param value the value as it was tried, such as a port with the engine's offset
 */
public record Tried(String word, String value) {}
