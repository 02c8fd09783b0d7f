package org.posthouse.schema.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every panel there is, in one place; the source of schema, forms, validation, API and reference. */
public final class Catalogue {

    private final Map<Class<?>, PanelFacts<?>> panels = new LinkedHashMap<>();

    /** Reads the given panel records. */
    public Catalogue(List<Class<? extends Record>> types) {
        types.forEach(type -> panels.put(type, PanelFacts.of(type)));
    }

    /** All panels, in the order given. */
    public List<PanelFacts<?>> panels() {
        return List.copyOf(panels.values());
    }

    /** The facts of a panel record of this catalogue. */
    @SuppressWarnings("unchecked") // the map was filled class by class
    public <P extends Record> PanelFacts<P> panel(Class<P> type) {
        var facts = panels.get(type);
        if (facts == null) {
            throw new IllegalArgumentException(type + " is not in the catalogue");
        }
        return (PanelFacts<P>) facts;
    }

    /** The panel of this stable name. */
    public Optional<PanelFacts<?>> panel(String name) {
        return panels().stream().filter(panel -> panel.name().equals(name)).findFirst();
    }

    /** Every option of every panel. */
    public Stream<OptionFacts> options() {
        return panels().stream().flatMap(panel -> panel.options().stream());
    }
}
