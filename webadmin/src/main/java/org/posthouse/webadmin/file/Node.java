package org.posthouse.webadmin.file;

import java.util.List;
import java.util.Map;

/** A piece of a YAML text: all of it text, lists and members, whatever a text looks like. */
sealed interface Node {

    /** The line it begins on, from 1. */
    int line();

    /** What it is, in words. */
    default String what() {
        return switch (this) {
            case Text text -> text.isNothing() ? "nothing" : "a text";
            case Items items -> "a list";
            case Members members -> "a group of options";
        };
    }

    /**
     * A text.
     *
     * @param line its line
     * @param text its characters
     * @param isNothing whether it is no text at all: {@code null}, {@code ~} or left out
     */
    record Text(int line, String text, boolean isNothing) implements Node {}

    /**
     * A list.
     *
     * @param line its line
     * @param nodes what is in it
     */
    record Items(int line, List<Node> nodes) implements Node {}

    /**
     * Members by name, in their order.
     *
     * @param line its line
     * @param nodes what each is
     * @param lines where each name stands
     */
    record Members(int line, Map<String, Node> nodes, Map<String, Integer> lines) implements Node {}
}
