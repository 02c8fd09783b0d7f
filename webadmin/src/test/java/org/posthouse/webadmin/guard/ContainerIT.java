package org.posthouse.webadmin.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped archive in a real Payara Micro: what only the container can show. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ContainerIT {
    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Set by Arquillian before the first test.
    private URL console;

    @Deployment(testable = false)
    static WebArchive console() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/webadmin.war"));
    }

    @Test
    void theLoginPageIsRenderedAndItsScriptsCarryTheNonceOfItsPolicy() throws Exception {
        var page = get("login");
        assertEquals(200, page.statusCode());
        var policies = String.join(" ", page.headers().allValues("Content-Security-Policy"));
        var nonce = policies.replaceAll("(?s).*'nonce-([^']+)'.*", "$1");
        assertTrue(page.body().contains("nonce=\"" + nonce + "\""), policies);
        assertFalse(policies.replaceAll("style-src[^;]*;", "").contains("unsafe"), policies);
    }

    @Test
    void everyAnswerSaysThatItMayNotBeFramedSniffedOrKept() throws Exception {
        for (var path : new String[] {"login", "health", "no/such/page"}) {
            var headers = get(path).headers();
            assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""), path);
            assertEquals("no-store", headers.firstValue("Cache-Control").orElse(""), path);
            assertTrue(
                    String.join(";", headers.allValues("Content-Security-Policy"))
                            .contains("frame-ancestors 'none'"),
                    path);
        }
    }

    @Test
    void theSessionCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
        var cookie = get("login").headers().firstValue("Set-Cookie").orElse("");
        assertTrue(cookie.startsWith("POSTHOUSE="), cookie);
        assertTrue(cookie.contains("HttpOnly"), cookie);
        assertTrue(cookie.contains("SameSite=Lax"), cookie);
    }

    @Test
    void aMissingPageIsAnsweredInOurWordsWithoutTellingWhatServesIt() throws Exception {
        var page = get("jakarta.faces.resource/no/such/page");
        assertEquals(404, page.statusCode());
        assertTrue(page.body().contains("Page not found"), page.body());
        assertFalse(page.body().contains("Payara"), page.body());
        assertTrue(page.headers().firstValue("Server").isEmpty());
        assertTrue(page.headers().firstValue("X-Powered-By").isEmpty());
    }

    @Test
    void traceIsRefused() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var trace = HttpRequest.newBuilder(at("login"))
                    .method("TRACE", HttpRequest.BodyPublishers.noBody())
                    .build();
            assertEquals(405, client.send(trace, BodyHandlers.ofString()).statusCode());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
        }
    }

    // The connector names the host by its own address; the container listens on loopback alone.
    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + console.getPort() + "/").resolve(path);
    }
}
