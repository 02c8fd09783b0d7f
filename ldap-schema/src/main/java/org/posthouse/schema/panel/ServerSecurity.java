package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;
import static org.posthouse.schema.option.Effect.REBIND;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthouse.schema.option.Concerns;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.SealedKey;
import org.posthouse.schema.value.TrustedAuthorities;
import org.posthouse.schema.value.WebAddress;

/** NetMail's Security page of a Messaging Server. */
@Panel(
        name = "server-security",
        title = "Security",
        intro = "The certificate of this server, the encryption of passwords and mail, and the users who "
                + "can use its tools.")
public record ServerSecurity(
        @Option(
                id = 100,
                attribute = "posthouseTls",
                label = "SSL and TLS",
                fallback = "FALSE",
                effect = REBIND,
                help = "Enables SSL and TLS for clients, on the SSL ports and with STARTTLS, and for mail to "
                        + "other hosts that offer it. Requires a certificate.")
        boolean sslAndTls,

        @Option(
                id = 101,
                attribute = "posthouseCertificate",
                label = "Certificate",
                effect = LIVE,
                help = "The certificate of the server, with its intermediate certificates. New sessions use a "
                        + "new certificate immediately.")
        Optional<CertificateChain> certificate,

        @Option(
                id = 102,
                attribute = "posthousePrivateKey",
                label = "Private Key",
                effect = LIVE,
                secret = true,
                help = "The private key of the certificate, sealed so that only engines and consoles of this "
                        + "messaging system can open it.")
        Optional<SealedKey> privateKey,

        @Option(
                id = 103,
                attribute = "posthouseServerManager",
                label = "Server Managers",
                effect = LIVE,
                help = "The users who can use tools such as rmbox. They sign in with their name and password.")
        List<Place> serverManagers,

        @Option(
                id = 104,
                attribute = "posthouseAcmeDirectory",
                label = "ACME Directory",
                fallback = "https://acme-v02.api.letsencrypt.org/directory",
                effect = LIVE,
                help = "The directory URL of the ACME service. The default is Let's Encrypt, which is free and "
                        + "widely trusted. You can also use a private ACME service.")
        WebAddress acmeDirectory,

        @Option(
                id = 105,
                attribute = "posthouseAcmeAuthorities",
                label = "Trusted Authorities of the ACME Directory",
                effect = LIVE,
                help = "For a private ACME service such as step-ca: the CA certificates, in PEM format, to trust "
                        + "in connections to that service. If empty, the authorities that Java trusts.")
        Optional<TrustedAuthorities> acmeAuthorities,

        @Option(
                id = 106,
                attribute = "posthouseAcmeContact",
                label = "Contact",
                effect = LIVE,
                help = "The email address that the authority notifies about problems with the certificates.")
        @Size(max = 254, message = "must have at most 254 characters")
        String acmeContact,

        @Option(
                id = 107,
                attribute = "posthouseAcmeTerms",
                label = "Terms Agreed",
                fallback = "FALSE",
                effect = LIVE,
                help = "Confirms that you agree to the terms of service of the authority. Without agreement, "
                        + "most authorities issue no certificates. For Let's Encrypt, see "
                        + "https://letsencrypt.org/repository/.")
        boolean acmeTermsAgreed,

        @Option(
                id = 108,
                attribute = "posthouseAcmeName",
                label = "Host Names",
                effect = LIVE,
                help = "The host names in the certificate, the most important first. Each name must point to "
                        + "this server, and the authority must be able to reach it over HTTP. If empty, the "
                        + "Official Domain.")
        @Size(max = 100, message = "can have at most 100 names")
        List<DomainName> acmeNames,

        @Option(
                id = 109,
                attribute = "posthouseAcmeChallengePort",
                label = "Challenge Port",
                fallback = "80",
                effect = LIVE,
                help = "The port on which the server answers the HTTP challenge while a certificate is "
                        + "requested. Authorities connect to port 80; enter a different port only if a router or "
                        + "proxy forwards port 80 to it. The engine's port offset is added.")
        @Min(1)
        @Max(65_535)
        int acmeChallengePort,

        @Option(
                id = 110,
                attribute = "posthouseAcmeRenewal",
                label = "Automatic Renewal",
                fallback = "TRUE",
                effect = LIVE,
                help = "Renews a certificate from ACME when a third of its lifetime is left, or when the host "
                        + "names change.")
        boolean acmeRenewal) {

    private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9._+=~-]+@[A-Za-z0-9.-]+");

    /** Whether the authority could write to the contact. */
    @AssertTrue(message = "Enter an email address, such as postmaster@example.com.")
    @Concerns("acmeContact")
    public boolean isContactAnAddress() {
        return acmeContact.isBlank() || MAILBOX.matcher(acmeContact.strip()).matches();
    }

    /** Whether there is what TLS needs where it is on. */
    @AssertTrue(message = "Install a server certificate first: SSL and TLS require one.")
    @Concerns("sslAndTls")
    public boolean isCertificateThereWhenOn() {
        return !sslAndTls || (certificate.isPresent() && privateKey.isPresent());
    }

    /** Whether certificate and key belong together. */
    @AssertTrue(message = "The private key does not belong to the certificate.")
    @Concerns({"certificate", "privateKey"})
    public boolean isKeyOfTheCertificate() {
        return certificate.isEmpty()
                || privateKey.isEmpty()
                || privateKey.get().fits(certificate.get().own().getPublicKey());
    }
}
