package org.posthouse.mailcore.store;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library: from the folder {@code native} beside its jar, where the build has put it, and otherwise
 * as RocksDB does, from within the jar by a temporary file at each start.
 */
final class RocksLibrary {

    private RocksLibrary() {}

    /** Loads it, unless it is loaded. */
    static void load() {
        Path unpacked = unpacked();
        if (Files.exists(unpacked.resolve(Environment.getJniLibraryFileName("rocksdbjni")))) {
            RocksDB.loadLibrary(List.of(unpacked.toString()));
        } else {
            RocksDB.loadLibrary();
        }
    }

    private static Path unpacked() {
        try {
            CodeSource source = RocksDB.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).resolveSibling("native");
        } catch (URISyntaxException | IllegalArgumentException elsewhere) {
            return Path.of("native");
        }
    }
}
