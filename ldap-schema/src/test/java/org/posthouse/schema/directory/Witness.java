package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.posthouse.schema.directory.Noticed.Changed;
import org.posthouse.schema.directory.Noticed.Everything;
import org.posthouse.schema.value.Place;

/** A follower that remembers what it was told, until a test asks for it. */
final class Witness implements Consumer<Noticed> {

    private final LinkedBlockingQueue<Noticed> told = new LinkedBlockingQueue<>();

    @Override
    public void accept(Noticed noticed) {
        told.add(noticed);
    }

    /** Lets go of what it was told so far. */
    void forget() {
        told.clear();
    }

    void everything() throws InterruptedException {
        await(new Everything());
    }

    /** Waits until this place was told of. */
    void changed(Place place) throws InterruptedException {
        await(new Changed(place));
    }

    /** Waits until everything below this place was told of at a time when it could be read. */
    void shown(Place top, Directory directory) throws InterruptedException {
        long agents = 0;
        while (agents < 2) {
            Noticed next = told.poll(60, TimeUnit.SECONDS);
            agents += switch (next) {
                case null -> throw new AssertionError("never told of the parts of " + top);
                case Everything all -> 2;
                case Changed(Place place) ->
                    place.isWithin(top)
                                    && !place.equals(top)
                                    && directory.read(place).isPresent()
                            ? 1
                            : 0;
            };
        }
    }

    /** Waits until this place was told of; a poller can only say that something is gone. */
    void gone(Place place) throws InterruptedException {
        await(new Changed(place), new Everything());
    }

    private void await(Noticed... wanted) throws InterruptedException {
        for (Noticed next = told.poll(60, TimeUnit.SECONDS); next != null; next = told.poll(60, TimeUnit.SECONDS)) {
            if (List.of(wanted).contains(next)) {
                return;
            }
        }
        fail("not told of " + List.of(wanted));
    }
}
