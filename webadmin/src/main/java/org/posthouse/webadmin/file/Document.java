package org.posthouse.webadmin.file;

import java.util.List;

/**
 * A file, understood: which objects it describes.
 *
 * @param users whether its lists name the users too
 * @param objects the objects it begins with
 */
record Document(boolean users, List<Described> objects) {

    static final String VERSION = "posthouse";
    static final String USERS = "users";
    static final String PARTIAL = "partial";
    static final String OBJECTS = "objects";
    static final String PLACE = "place";
    static final String KIND = "kind";
    static final String NAME = "name";
    static final String OPTIONS = "options";
    static final String CONTAINS = "contains";

    /** In place of a secret: the one that stands there stays. */
    static final String KEPT = "•••";

    /** Reads a file; what is not understood is added to the faults. Throws Faulty when it is no YAML. */
    static Document read(byte[] file, List<Fault> faults) {
        return new Reading(faults).document(YamlText.read(file));
    }
}
