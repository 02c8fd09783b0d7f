package org.posthouse.schema.tree;

import java.util.List;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.value.Place;

/**
 * A messaging server or agent that cannot be understood: a mandatory value is gone or a value is malformed. NetMail
 * shows such an object as type Unknown.
 *
 * @param place where it stands
 * @param revision the revision of its entry
 * @param problems what is wrong
 */
public record Broken(Place place, long revision, List<Problem> problems) {}
