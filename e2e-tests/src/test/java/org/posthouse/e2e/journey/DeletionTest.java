package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** What cannot be deleted is refused by the browser, the API, and the command line, with the same reason. */
@ExtendWith(LogOnFailure.class)
class DeletionTest {

    private static final String DELETE = "[id$=':delete']";

    private final Product product = Installed.product();

    private static String page(String dn) {
        return "/object?dn=" + URLEncoder.encode(dn, StandardCharsets.UTF_8);
    }

    private static final String SERVICES = "o=Internet Services,dc=posthouse";
    private static final String ADMINISTRATOR = "cn=admin,ou=people,o=Acme,dc=posthouse";
    private static final Map<String, String> REASONS = Map.of(
            "cn=Administrators," + SERVICES,
            "Administrators is created by the installation",
            "ou=Mailing Lists," + SERVICES,
            "Mailing Lists is created by the installation",
            SERVICES,
            "Internet Services is created by the installation",
            ADMINISTRATOR,
            "You are signed in as admin");

    @Test
    void whatCannotBeDeletedHasADisabledButtonWithTheReason() {
        try (var browser = new Browser(product.url(), 1280, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            REASONS.forEach((dn, reason) -> {
                browser.open(page(dn));
                assertTrue(browser.seen("[data-undeletable]").getText().contains(reason), dn);
                assertFalse(browser.seen(DELETE).isEnabled(), dn);
            });
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void theApiAndTheCommandLineSayTheSame() {
        REASONS.forEach((dn, reason) -> {
            Api.Answer answer = product.api().delete(dn);
            assertTrue(answer.code() >= 400 && answer.text().contains(reason), dn + ": " + answer);
            String refused =
                    String.valueOf(assertThrows(AssertionError.class, () -> posthouse("delete", dn, "--yes"), dn)
                            .getMessage());
            assertTrue(refused.contains(reason), refused);
        });
    }

    private String posthouse(String... operands) throws IOException {
        var command = new ArrayList<>(List.of(Product.LAUNCHER.toString()));
        command.addAll(List.of(operands));
        command.addAll(List.of("--home", product.home().toString(), "--user", Product.ADMIN, "--password-file"));
        command.add(product.home().resolveSibling("admin-password").toString());
        return Product.run(command);
    }
}
