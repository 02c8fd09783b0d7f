package org.posthouse.e2e.world;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

/**
 * A signed request (RFC 7515) as ACME clients make it: flattened JSON, ES256.
 *
 * @param header its protected header
 * @param payload what was signed; empty for a POST-as-GET
 * @param signed the octets that were signed
 * @param signature in Base64
 */
record Jws(JsonObject header, String payload, String signed, String signature) {

    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

    static Jws of(String body) {
        JsonObject object = object(body);
        String header = object.getString("protected");
        String payload = object.getString("payload");
        return new Jws(object(text(header)), text(payload), header + "." + payload, object.getString("signature"));
    }

    private static String text(String base64) {
        return new String(BASE64.decode(base64), UTF_8);
    }

    static JsonObject object(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** Whether this key signed it. */
    boolean isBy(JsonObject jwk) {
        try {
            var check = Signature.getInstance("SHA256withECDSAinP1363Format");
            check.initVerify(key(jwk));
            check.update(signed.getBytes(US_ASCII));
            return check.verify(BASE64.decode(signature));
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static PublicKey key(JsonObject jwk) throws GeneralSecurityException {
        var curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(
                new BigInteger(1, BASE64.decode(jwk.getString("x"))),
                new BigInteger(1, BASE64.decode(jwk.getString("y"))));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    /** The name of a key by its digest (RFC 7638). */
    static String thumbprint(JsonObject jwk) {
        String canonical = "{\"crv\":\"%s\",\"kty\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(jwk.getString("crv"), jwk.getString("kty"), jwk.getString("x"), jwk.getString("y"));
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
