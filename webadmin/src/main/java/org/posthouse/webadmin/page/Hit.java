package org.posthouse.webadmin.page;

import java.util.Comparator;
import org.posthouse.schema.tree.Kind;

/**
 * One line of the palette.
 *
 * @param kind the kind whose icon it gets
 * @param title what it is
 * @param where whose it is
 * @param href its address, below that of the console
 * @param rank how well it fits; the lower the better
 */
public record Hit(Kind kind, String title, String where, String href, int rank) {

    static final Comparator<Hit> BEST_FIRST =
            Comparator.comparingInt(Hit::rank).thenComparing(Hit::title).thenComparing(Hit::where);
}
