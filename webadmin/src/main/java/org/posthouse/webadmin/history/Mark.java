package org.posthouse.webadmin.history;

import java.nio.file.Path;
import org.posthouse.schema.tree.Kind;

/**
 * What the index knows of one deed; the rest is read from its line when it is asked for.
 *
 * @param operation the operation it belongs to
 * @param number the number of its line
 * @param file the file of its line
 * @param offset where the line begins
 * @param length how long it is
 * @param object the number of the object's name
 * @param kind what the object is
 * @param what what was done
 * @param attributes the number of the set of attributes concerned
 * @param whole whether all values before and after stand in the line
 */
record Mark(
        Operation operation,
        long number,
        Path file,
        long offset,
        int length,
        int object,
        Kind kind,
        Deed.What what,
        int attributes,
        boolean whole) {}
