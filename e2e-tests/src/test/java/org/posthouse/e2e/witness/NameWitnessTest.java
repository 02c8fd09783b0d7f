package org.posthouse.e2e.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Names of users, and whose the mailbox of a name is. */
@ExtendWith(LogOnFailure.class)
class NameWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Product PRODUCT = Installed.product();
    private static final Api API = PRODUCT.api();

    private static JsonObject user(String name, JsonObjectBuilder options) {
        return Json.createObjectBuilder()
                .add("kind", "USER")
                .add("parent", PEOPLE)
                .add("name", name)
                .add("password", Installed.SECRET)
                .add("options", options.add("lastName", "Test"))
                .build();
    }

    private static int inbox(String user) throws IOException {
        return Mail.inbox(PRODUCT.port(143), user, Installed.SECRET);
    }

    @Test
    @Witness("reservedName")
    void aReservedNameNeedsItsSwitchAndThenTakesMail() throws IOException {
        Api.Answer refused = API.call("POST", "/objects", user("abuse", Json.createObjectBuilder()));
        assertEquals(422, refused.code());
        assertTrue(refused.text().contains("RFC 2142"), refused.text());
        API.create(user("abuse", Json.createObjectBuilder().add("reservedName", JsonValue.TRUE)));
        Mail.send(PRODUCT.port(25), "friend@else.example", "abuse@example.com", "a complaint", "x");
        Await.until("it is there", SOON, () -> inbox("abuse") == 1);
        API.delete("cn=abuse," + PEOPLE).insist(204);
    }

    @Test
    @Witness("mailboxId")
    void aNewUserOfADeletedUsersNameStartsEmptyUnlessTheMailboxIsHandedOver() throws IOException {
        String dn = "cn=comeback," + PEOPLE;
        JsonObject first = API.create(user("comeback", Json.createObjectBuilder()));
        Mail.send(PRODUCT.port(25), "friend@else.example", "comeback@example.com", "private", "x");
        Await.until("it is there", SOON, () -> inbox("comeback") == 1);
        API.delete(dn).insist(204);
        API.create(user("comeback", Json.createObjectBuilder()));
        Await.until("another user reads nothing", SOON, () -> inbox("comeback") == 0);
        API.change(dn, "mailboxId", first.getJsonObject("options").getString("mailboxId"));
        Await.until("it is handed over", SOON, () -> inbox("comeback") == 1);
        API.delete(dn).insist(204);
    }

    @Test
    void theAddressOfAMailboxIsALoginNameOfTheConsoleToo() {
        for (String name : List.of(Product.ADMIN, Product.ADMIN + "@example.com", Product.ADMIN + "@EXAMPLE.com")) {
            assertEquals(200, signIn(name), name);
        }
        assertEquals(401, signIn(Product.ADMIN + "@else.example"));
    }

    private static int signIn(String name) {
        return API.call(
                        "POST",
                        "/sign-in",
                        Json.createObjectBuilder()
                                .add("user", name)
                                .add("password", Product.PASSWORD)
                                .build())
                .code();
    }

    @Test
    void aNameWithACommaOrASlashIsFoundInThePathOfARequest() {
        String holder = PEOPLE.substring(PEOPLE.indexOf(',') + 1);
        for (String name : List.of("Smith, Jones", "north/south")) {
            JsonObject made = API.create(Json.createObjectBuilder()
                    .add("kind", "ORGANIZATIONAL_UNIT")
                    .add("parent", holder)
                    .add("name", name)
                    .build());
            String path =
                    "/objects/" + URLEncoder.encode(made.getString("dn"), UTF_8).replace("+", "%20");
            assertEquals(made.getString("dn"), API.get(path).getString("dn"));
            assertEquals(0, API.get(path + "/children").getJsonArray("entries").size());
            API.call("DELETE", path + "?revision=" + made.getInt("revision"), JsonValue.NULL)
                    .insist(204);
        }
    }

    @Test
    void aPathThatMeansNothingIsRefusedInWords() {
        Map<String, String> refused = Map.of(
                "/objects/cn%3Da%00b", "null character",
                "/objects/%FF", "not UTF-8",
                "/objects/%2e%2e/%2e%2e/%2e%2e/x", "..");
        refused.forEach((path, why) -> {
            Api.Answer answer = API.call("GET", path, JsonValue.NULL);
            assertEquals(400, answer.code());
            assertTrue(answer.json().getString("reason").contains(why), answer.text());
        });
    }
}
