package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The account by which console and engine bind: a root DN of the server's configuration, so no entry of the tree can
 * be deleted or edited to lock the product out. Its password is random, made once per instance.
 *
 * @param passwordFile the password in UTF-8 without line end, readable by the owner alone
 */
record ServiceAccount(Path passwordFile, String password) {

    /** What console and engine bind as. */
    static final String BIND_DN = "cn=posthouse";

    private static final int SALT = 16;

    /** The account of an instance; the first call makes its password. */
    static ServiceAccount of(DirectoryHome home) throws IOException {
        var file = home.folder().resolve("service-account.password");
        if (!Files.exists(file)) {
            PrivateFile.write(file, PrivateFile.secret());
        }
        return new ServiceAccount(file, Files.readString(file).strip());
    }

    /**
     * The password as the server's configuration holds it. 256 random bits cannot be guessed, so one round of salted
     * SHA-512 is enough and keeps each bind of the product cheap.
     */
    String hash() {
        var salt = PrivateFile.random(SALT);
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            digest.update(password.getBytes(StandardCharsets.UTF_8));
            var hashed = digest.digest(salt);
            var both = new byte[hashed.length + salt.length];
            System.arraycopy(hashed, 0, both, 0, hashed.length);
            System.arraycopy(salt, 0, both, hashed.length, salt.length);
            return "{SSHA512}" + Base64.getEncoder().encodeToString(both);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
