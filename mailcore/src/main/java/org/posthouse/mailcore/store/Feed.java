package org.posthouse.mailcore.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells what happens in one mailbox, in the order in which it happens. */
public final class Feed {

    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    Feed() {}

    /** Tells the listener everything from now on; it must not block, and not call the mailbox. */
    public void follow(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** Tells this listener no more. */
    public void leave(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
