package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;
import static org.posthouse.schema.option.Effect.REBIND;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.posthouse.schema.option.Concerns;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.WebAddress;

/** Where a WebAdmin Server, this console, can be reached: NetMail's WebAdminAddress, WebAdminPort, WebAdminSSLPort. */
@Panel(
        name = "webadmin-connection",
        title = "Connection",
        intro = "The addresses at which this console can be reached. A change is undone automatically "
                + "unless you confirm it at the new address.")
public record WebAdminConnection(
        @Option(
                id = 230,
                attribute = "posthouseWebAdminAddress",
                label = "Address",
                fallback = "127.0.0.1",
                effect = REBIND,
                confirm = true,
                help = "The address of this host on which the console listens; 0.0.0.0 means all addresses. "
                        + "HTTP, which is not encrypted, stays on loopback if other hosts could reach this address.")
        IpAddress listenAddress,

        @Option(
                id = 231,
                attribute = "posthouseWebAdminPort",
                label = "HTTP Port",
                fallback = "8089",
                effect = REBIND,
                confirm = true,
                help = "The port for unencrypted HTTP, for browsers and scripts on this host.")
        @Min(1)
        @Max(65535)
        int httpPort,

        @Option(
                id = 232,
                attribute = "posthouseWebAdminSslPort",
                label = "HTTPS Port",
                fallback = "8449",
                effect = REBIND,
                confirm = true,
                help = "The port for HTTPS, for browsers and scripts on all hosts that can reach the address.")
        @Min(1)
        @Max(65535)
        int httpsPort,

        @Option(
                id = 233,
                attribute = "posthouseWebAdminHttp",
                label = "HTTP",
                fallback = "TRUE",
                effect = REBIND,
                confirm = true,
                help = "Makes the console also listen on the HTTP Port, without TLS.")
        boolean http,

        @Option(
                id = 234,
                attribute = "posthouseWebAdminRedirect",
                label = "Redirect HTTP to HTTPS",
                fallback = "FALSE",
                effect = LIVE,
                confirm = true,
                help = "Redirects browsers from the HTTP Port to the HTTPS Port.")
        boolean redirect,

        @Option(
                id = 235,
                attribute = "posthouseWebAdminPublicAddress",
                label = "Public Address",
                effect = LIVE,
                help = "The address at which browsers open this console, such as https://console.example.com, if "
                        + "it is not a name of this host. The console answers requests for this name.")
        Optional<WebAddress> publicAddress) {

    /** Without a public address. */
    public WebAdminConnection(IpAddress listenAddress, int httpPort, int httpsPort, boolean http, boolean redirect) {
        this(listenAddress, httpPort, httpsPort, http, redirect, Optional.empty());
    }

    /** Whether the two ports differ. */
    @AssertTrue(message = "The HTTP Port and the HTTPS Port must differ.")
    @Concerns({"httpPort", "httpsPort"})
    public boolean isEachPortAnother() {
        return !http || httpPort != httpsPort;
    }
}
