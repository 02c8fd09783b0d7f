package org.posthouse.schema.tree;

import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;
import java.util.Comparator;

/**
 * The order in which people look for names: by the Unicode Collation Algorithm (UTS #10) with the root collation of CLDR,
 * which is that of English and of German. Ä comes with A, é with e, and case decides last. Safe for use by several threads.
 */
public final class NameOrder {

    private static final Collator COLLATOR = Collator.getInstance(ULocale.ROOT).freeze();

    /** Names of objects. Two that the collation takes for equal are told apart by their characters. */
    public static final Comparator<String> NAMES =
            ((Comparator<String>) COLLATOR::compare).thenComparing(Comparator.naturalOrder());

    /** Objects by their names, then by where they are. */
    public static final Comparator<Entry> ENTRIES =
            Comparator.comparing(Entry::name, NAMES).thenComparing(Entry::place);

    private NameOrder() {}

    /** What compares as the name does, octet by octet; quicker than comparing names where there are very many. */
    public static byte[] key(String name) {
        return COLLATOR.getCollationKey(name).toByteArray();
    }
}
