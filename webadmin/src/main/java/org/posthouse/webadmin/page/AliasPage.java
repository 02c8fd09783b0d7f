package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/** What an alias points at, and what comes of it. */
@Named
@RequestScoped
public class AliasPage {

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    private boolean looked;
    private @Nullable Entry found;

    /** The distinguished name an alias holds, as it stands there. */
    public String dn(Entry alias) {
        return alias.value("aliasedObjectName").orElse("");
    }

    /** What it points at; null when that does not exist. */
    public @Nullable Entry target(Entry alias) {
        if (!looked) {
            looked = true;
            found = banner.during(() -> place(alias).flatMap(visitor.directory()::read), Optional.<Entry>empty())
                    .orElse(null);
        }
        return found;
    }

    /** The container of what it points at, below the root of the tree. */
    public String path(Entry target) {
        return target.place()
                .parent()
                .map(above -> above.path(visitor.directory().root()))
                .orElse("");
    }

    private Optional<Place> place(Entry alias) {
        try {
            return Optional.of(dn(alias)).filter(dn -> !dn.isEmpty()).map(Place::of);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** What comes of the alias where it stands, as a sentence. */
    public String meaning(Entry alias) {
        Entry target = target(alias);
        if (target == null) {
            return words.of("alias.dangling");
        }
        boolean inServices = alias.place()
                .parent()
                .filter(visitor.directory().internetServices()::equals)
                .isPresent();
        return switch (target.kind()) {
            case USER, RESOURCE -> words.of("alias.ofUser", alias.name(), target.name());
            case GROUP, ORGANIZATIONAL_ROLE -> words.of("alias.ofGroup", alias.name(), target.name());
            case MESSAGING_SERVER -> words.of(inServices ? "alias.ofServer" : "alias.ofServerElsewhere", target.name());
            case ALIAS -> words.of("alias.ofAlias");
            default -> words.of("alias.ofOther", words.kind(target.kind()), target.name());
        };
    }
}
