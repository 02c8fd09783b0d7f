package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Kind;

/** Everything there is to know of kinds, pages and options. */
@Path("/catalogue")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CatalogueResource {

    /** Kinds with their containment and pages; pages with every fact of every option. */
    @GET
    public JsonObject get() {
        JsonArrayBuilder kinds = Answers.JSON.createArrayBuilder();
        Stream.of(Kind.values()).filter(kind -> kind != Kind.UNKNOWN).forEach(kind -> kinds.add(kind(kind)));
        JsonArrayBuilder pages = Answers.JSON.createArrayBuilder();
        Kind.catalogue().panels().forEach(panel -> pages.add(page(panel)));
        return Answers.JSON
                .createObjectBuilder()
                .add("kinds", kinds)
                .add("pages", pages)
                .build();
    }

    private static JsonObjectBuilder kind(Kind kind) {
        return Answers.JSON
                .createObjectBuilder()
                .add("kind", kind.name())
                .add("label", kind.label())
                .add("objectClass", kind.objectClass())
                .add("naming", kind.naming())
                .add("parents", names(kind.parents()))
                .add("offers", names(kind.offers()))
                .add("agent", kind.isAgent())
                .add("creatable", kind.isCreatable())
                .add("fixedName", kind.hasFixedName())
                .add(
                        "pages",
                        Answers.JSON.createArrayBuilder(
                                kind.panels().stream().map(PanelFacts::name).toList()));
    }

    private static JsonArrayBuilder names(Collection<Kind> kinds) {
        return Answers.JSON.createArrayBuilder(kinds.stream().map(Kind::name).toList());
    }

    private static JsonObjectBuilder page(PanelFacts<?> panel) {
        JsonArrayBuilder options = Answers.JSON.createArrayBuilder();
        panel.options().forEach(option -> options.add(option(option)));
        return Answers.JSON
                .createObjectBuilder()
                .add("name", panel.name())
                .add("title", panel.title())
                .add("intro", panel.intro())
                .add("holder", panel.holder().name())
                .add("options", options);
    }

    private static JsonObjectBuilder option(OptionFacts option) {
        JsonObjectBuilder facts = Answers.JSON
                .createObjectBuilder()
                .add("name", option.name())
                .add("id", option.id())
                .add("attribute", option.attribute())
                .add("label", option.label())
                .add("help", option.help())
                .add("type", option.type().getSimpleName().toLowerCase(Locale.ROOT))
                .add("multiple", option.multiple())
                .add("optional", option.optional())
                .add("mandatory", option.mandatory())
                .add("secret", option.secret())
                .add("confirm", option.confirm())
                .add("fallback", option.fallback())
                .add("initial", option.initial())
                .add("unit", option.unit())
                .add("effect", option.effect().name())
                .add("effectNote", option.effect().note());
        option.least().ifPresent(least -> facts.add("least", least));
        option.most().ifPresent(most -> facts.add("most", most));
        if (option.type().isEnum()) {
            facts.add(
                    "choices",
                    Answers.JSON.createArrayBuilder(Stream.of(option.type().getEnumConstants())
                            .map(choice -> choice.toString().toLowerCase(Locale.ROOT))
                            .toList()));
        }
        return facts;
    }
}
