package org.posthouse.schema.directory;

import java.util.List;
import java.util.Map;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * An object to be created.
 *
 * @param place where it will stand
 * @param kind what it will be; gives the object classes
 * @param attributes its values by attribute, without object classes and naming attribute
 */
public record NewObject(Place place, Kind kind, Map<String, List<String>> attributes) {}
