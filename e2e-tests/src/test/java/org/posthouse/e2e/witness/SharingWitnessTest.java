package org.posthouse.e2e.witness;

import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** What a messaging server shares, and with which host, changed through the API and seen on the wire. */
@ExtendWith(LogOnFailure.class)
class SharingWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ACME = "o=Acme,dc=posthouse";
    private static final String OFFICE = "ou=annex," + ACME;
    private static final String ANNEX = "ou=annex,o=Internet Services,dc=posthouse";

    private final Product product = Installed.product();
    private final Api api = product.api();

    @Test
    @Witness("hostServer")
    void aServerGivenToAnotherHostLeavesThisOne() {
        String here = api.object(SERVER).getJsonObject("options").getString("hostServer");
        String there = api.create(object("HOST_SERVER", ACME, "elsewhere")).getString("dn");
        api.change(SERVER, "hostServer", there);
        Await.until("it is gone from here", SOON, () -> !greets());
        api.change(SERVER, "hostServer", here);
        Await.until("it is back", SOON, this::greets);
        api.delete(there).insist(204);
    }

    @Test
    @Witness("distributedProcessing")
    void aServerThatStandsAloneKnowsNoOthers() {
        api.create(object("ORGANIZATIONAL_UNIT", ACME, "annex"));
        api.createUser(OFFICE, "annabel", Installed.SECRET);
        JsonObject first = api.object(SERVER).getJsonObject("options");
        api.create(Json.createObjectBuilder(object("MESSAGING_SERVER", "o=Internet Services,dc=posthouse", "annex"))
                .add(
                        "options",
                        Json.createObjectBuilder()
                                .add("hostServer", first.getString("hostServer"))
                                .add("postmaster", first.getString("postmaster"))
                                .add("officialDomain", "annex.example"))
                .build());
        api.change(ANNEX, "ipAddress", "127.0.0.9");
        api.change(ANNEX, "forceIpAddress", JsonValue.TRUE);
        api.change(ANNEX, "forceBind", JsonValue.TRUE);
        api.create(Json.createObjectBuilder()
                .add("kind", "NMAP_AGENT")
                .add("parent", ANNEX)
                .add(
                        "options",
                        Json.createObjectBuilder()
                                .add("messageStore", "store-annex")
                                .add("contexts", Json.createArrayBuilder().add(OFFICE)))
                .build());
        Await.until("users of another server are known", SOON, () -> takes().startsWith("250"));
        api.change(SERVER, "distributedProcessing", JsonValue.FALSE);
        Await.until("and unknown to a server that stands alone", SOON, () -> takes().startsWith("55"));
        api.change(SERVER, "distributedProcessing", JsonValue.TRUE);
        Await.until("and known again", SOON, () -> takes().startsWith("250"));
        api.delete(ANNEX).insist(204);
    }

    private static JsonObject object(String kind, String parent, String name) {
        return Json.createObjectBuilder()
                .add("kind", kind)
                .add("parent", parent)
                .add("name", name)
                .build();
    }

    private boolean greets() {
        return Dialogue.greets("127.0.0.1", product.port(25), "220");
    }

    private String takes() throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            smtp.smtp("MAIL FROM:<a@b.example>");
            return smtp.smtp("RCPT TO:<annabel@annex.example>");
        }
    }
}
