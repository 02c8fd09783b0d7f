package org.posthouse.schema.option;

import java.util.List;

/**
 * A section of a page with the options that the page shows in it.
 *
 * @param name its name in texts; that of the page where the page is not divided
 * @param title the heading in English
 * @param options its options in order, without those that are on no page
 */
public record SectionFacts(String name, String title, List<OptionFacts> options) {}
