package org.posthouse.mailcore.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.posthouse.mailcore.store.FolderTrial;
import org.posthouse.schema.licence.Trust;
import org.posthouse.schema.value.Place;

/** Which folders of this host are taken: by the messaging servers of this engine, and by Posthouse itself. */
final class FolderClaims {

    // What stands beside the engine's home in a home of Posthouse.
    private static final Set<String> RESERVED = Set.of("directory", "console", "logs", Trust.FOLDER);

    /** A folder somebody works in. */
    private record Claim(Path folder, String owner) {}

    private final Path engineHome;
    private final Map<Place, WorkingFolders> servers = new ConcurrentHashMap<>();

    FolderClaims(Path engineHome) {
        this.engineHome = engineHome.toAbsolutePath().normalize();
    }

    /** Counts a server in. */
    void add(Place server, WorkingFolders folders) {
        servers.put(server, folders);
    }

    /** Counts a server out that this engine no longer runs. */
    void remove(Place server) {
        servers.remove(server);
    }

    /** Who works in this folder, around it, or inside it, other than this use of this server; empty when nobody does. */
    Optional<String> taken(Place server, FolderUse use, Path folder) {
        Path real = real(folder);
        return claims(server, use)
                .filter(claim -> overlap(claim.folder(), real))
                .map(Claim::owner)
                .findFirst()
                .or(() -> reserved(server, real));
    }

    private Stream<Claim> claims(Place server, FolderUse use) {
        return servers.entrySet().stream()
                .flatMap(other -> Stream.of(FolderUse.values())
                        .filter(its -> its != use || !other.getKey().equals(server))
                        .flatMap(its -> other
                                .getValue()
                                .path(its)
                                .map(path -> new Claim(
                                        real(path),
                                        its.label() + " of " + other.getKey().leaf()))
                                .stream()));
    }

    // A server works in its own home and nowhere else in the home of Posthouse where something of it lies.
    private Optional<String> reserved(Place server, Path folder) {
        Path home = real(engineHome);
        Path all = home.endsWith("engine") ? home.resolveSibling("") : home;
        Optional<Path> own = Optional.ofNullable(servers.get(server)).map(mine -> real(mine.home()));
        if (own.filter(mine -> folder.startsWith(mine) && !folder.equals(mine)).isPresent()) {
            return Optional.empty();
        }
        boolean within =
                folder.startsWith(home) || RESERVED.stream().map(all::resolve).anyMatch(folder::startsWith);
        return within || home.startsWith(folder) ? Optional.of("Posthouse itself in " + all) : Optional.empty();
    }

    private static boolean overlap(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static Path real(Path folder) {
        try {
            return FolderTrial.real(folder);
        } catch (IOException unreadable) {
            return folder;
        }
    }
}
