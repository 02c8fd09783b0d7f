package org.posthouse.webadmin.api;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.history.Alteration;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.Difference;
import org.posthouse.webadmin.history.Naming;
import org.posthouse.webadmin.history.Value;
import org.posthouse.webadmin.undo.Misfit;

/** The history as JSON. Secrets are stars and a fingerprint. */
final class HistoryText {

    private HistoryText() {}

    static JsonObjectBuilder of(Change change) {
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("number", change.number())
                .add("at", change.at().toString())
                .add("who", change.author().who())
                .add("from", change.author().address())
                .add("by", word(change.author().by()))
                .add("state", word(change.state()))
                .add("revision", change.revision())
                .add("remark", change.remark())
                .add("plan", change.author().plan())
                .add("objects", change.objects());
        if (change.back().isPositive()) {
            text.add("clockBackMillis", change.back().toMillis());
        }
        if (change.effect().millis() >= 0) {
            text.add("obeyedAfterMillis", change.effect().millis());
        } else if (!change.effect().reason().isEmpty()) {
            text.add("notObeyed", change.effect().reason());
        }
        JsonArrayBuilder deeds = Json.createArrayBuilder();
        change.deeds().forEach(deed -> deeds.add(deed(deed)));
        return text.add("deeds", deeds);
    }

    private static JsonObjectBuilder deed(Deed deed) {
        return Json.createObjectBuilder()
                .add("act", word(deed.what()))
                .add("object", deed.object())
                .add("kind", deed.kind().label())
                .add("options", options(deed.kind(), deed.alterations()));
    }

    static JsonObjectBuilder of(Difference difference) {
        return Json.createObjectBuilder()
                .add("object", difference.object())
                .add("kind", difference.kind().label())
                .add("before", difference.before())
                .add("after", difference.after())
                .add("passwordSet", difference.passwords())
                .add("options", options(difference.kind(), difference.alterations()));
    }

    private static JsonArrayBuilder options(Kind kind, List<Alteration> alterations) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (Alteration each : alterations) {
            if (!Naming.isShown(each.attribute())) {
                continue;
            }
            JsonObjectBuilder text = Json.createObjectBuilder()
                    .add("attribute", each.attribute())
                    .add(
                            "option",
                            Naming.option(kind, each.attribute())
                                    .map(OptionFacts::name)
                                    .orElse(""))
                    .add("label", Naming.label(kind, each.attribute()));
            if (each.whole()) {
                text.add("before", values(each.before())).add("after", values(each.after()));
            }
            all.add(text.add("removed", values(each.gone())).add("added", values(each.come())));
        }
        return all;
    }

    private static JsonArrayBuilder values(List<Value> values) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        values.forEach(value -> all.add(value.shown()));
        return all;
    }

    static JsonObjectBuilder of(Misfit misfit) {
        return Json.createObjectBuilder()
                .add("why", word(misfit.why()))
                .add("object", misfit.object())
                .add("attribute", misfit.attribute())
                .add("now", misfit.now())
                .add("text", misfit.toString());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
