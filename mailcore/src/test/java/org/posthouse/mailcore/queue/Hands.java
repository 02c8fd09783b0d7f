package org.posthouse.mailcore.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stage agent that settles as a test says, and remembers what it was given. */
final class Hands implements StageAgent {

    final Map<String, Outcome> answers = new ConcurrentHashMap<>();
    final List<String> got = new CopyOnWriteArrayList<>();
    final List<byte[]> mails = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "hands";
    }

    @Override
    public void handle(Item item) {
        for (Recipient recipient : item.pending()) {
            Outcome answer = answers.get(recipient.address());
            if (answer == null) {
                item.deliver(recipient, batch -> {
                    QueueTest.vaultOf(this).commit(batch);
                    got.add(recipient.address());
                    mails.add(item.message());
                });
            } else {
                item.settle(recipient, answer);
            }
        }
    }
}
