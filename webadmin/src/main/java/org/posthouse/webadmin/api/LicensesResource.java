package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.LicenceCheck;
import org.posthouse.webadmin.login.Installed;

/** What messaging servers may run. A licence is installed by changing the option {@code license} of the server. */
@Path("/licenses")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LicensesResource {

    @Inject
    private Installed installed;

    /** The licence of a server and each feature with its edition. */
    @GET
    public JsonObject get(@QueryParam("server") @DefaultValue("") String server) {
        Place place = Place.of(server);
        Entry entry = installed.shown().read(place).orElseThrow(() -> new Missing(place));
        if (entry.kind() != Kind.MESSAGING_SERVER) {
            throw new IllegalArgumentException(entry.name() + " is "
                    + entry.kind().labelWithArticle() + "; only a messaging server has a license");
        }
        return shown(entry, LicenceCheck.licensing(entry));
    }

    private static JsonObject shown(Entry entry, Licensing licensing) {
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("server", entry.place().toString())
                .add("installed", licensing.installed())
                .add("valid", licensing.valid())
                .add("warning", licensing.warning());
        licensing
                .licence()
                .ifPresent(licence -> text.add("edition", licence.edition())
                        .add("holder", licence.holder())
                        .add("issued", licence.issued().toString())
                        .add(
                                "expires",
                                licence.expires().map(LocalDate::toString).orElse(""))
                        .add("serial", licence.serial()));
        JsonArrayBuilder features = Json.createArrayBuilder();
        Licensing.features().stream()
                .filter(Kind::isCreatable)
                .forEach(kind -> features.add(Json.createObjectBuilder()
                        .add("name", kind.label())
                        .add("edition", kind.agentType().edition().label())
                        .add("allowed", licensing.covers(kind))));
        return text.add("features", features).build();
    }
}
