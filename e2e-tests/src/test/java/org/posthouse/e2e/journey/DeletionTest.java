package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** The browser deletes nothing that the API and the command line refuse to delete, and says why. */
@ExtendWith(LogOnFailure.class)
class DeletionTest {

    private static final String DELETE = "[id$=':delete']";

    private final Product product = Installed.product();

    private static String page(String dn) {
        return "/object?dn=" + URLEncoder.encode(dn, StandardCharsets.UTF_8);
    }

    @Test
    void whatCannotBeDeletedHasADisabledButtonWithTheReason() {
        String services = "o=Internet Services,dc=posthouse";
        Map<String, String> reasons = Map.of(
                "cn=Administrators," + services,
                "Administrators is created by the installation",
                "ou=Mailing Lists," + services,
                "Mailing Lists is created by the installation",
                services,
                "Internet Services is created by the installation");
        try (var browser = new Browser(product.url(), 1280, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            reasons.forEach((dn, reason) -> {
                browser.open(page(dn));
                assertTrue(browser.seen("[data-undeletable]").getText().contains(reason), dn);
                assertFalse(browser.seen(DELETE).isEnabled(), dn);
            });
            assertEquals(List.of(), browser.complaints());
        }
    }
}
