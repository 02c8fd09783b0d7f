package org.posthouse.webadmin.form;

import java.util.List;
import org.posthouse.schema.option.OptionFacts;

/**
 * An option that two administrators changed at once.
 *
 * @param option which option
 * @param seen what both began with
 * @param theirs what the other one saved
 * @param yours what this draft wants
 */
public record Clash(OptionFacts option, List<String> seen, List<String> theirs, List<String> yours) {}
