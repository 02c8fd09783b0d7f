package org.posthouse.mailcore.wire;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Connections that are counted together, in all and by address. For use under a lock of its owner. */
final class Crowd {

    /**
     * One connection, equal to itself alone.
     *
     * @param socket the connection
     * @param peer where it comes from
     */
    record Visit(Socket socket, InetAddress peer) {

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(socket);
        }
    }

    private final int most;
    private final int perAddress;
    private final Map<InetAddress, Set<Visit>> visits = new HashMap<>();
    private int size;

    Crowd(int most, int perAddress) {
        this.most = most;
        this.perAddress = perAddress;
    }

    int size() {
        return size;
    }

    /** Counts a connection; false when that would be one too many. */
    boolean enter(Visit visit) {
        if (size >= most || at(visit.peer()).size() >= perAddress) {
            return false;
        }
        visits.computeIfAbsent(visit.peer(), address -> new LinkedHashSet<>()).add(visit);
        size++;
        return true;
    }

    /** Counts a connection no longer; nothing happens when it was not counted. */
    void leave(Visit visit) {
        Set<Visit> same = visits.get(visit.peer());
        if (same != null && same.remove(visit)) {
            size--;
            if (same.isEmpty()) {
                visits.remove(visit.peer());
            }
        }
    }

    /** Whoever has to go before one of this address can enter: the oldest of the fullest address; empty for nobody. */
    Optional<Visit> makeRoom(InetAddress peer) {
        if (at(peer).size() >= perAddress) {
            return at(peer).stream().findFirst();
        }
        return size < most
                ? Optional.empty()
                : visits.values().stream()
                        .max(Comparator.comparingInt(Set::size))
                        .flatMap(fullest -> fullest.stream().findFirst());
    }

    private Set<Visit> at(InetAddress peer) {
        return visits.getOrDefault(peer, Set.of());
    }
}
