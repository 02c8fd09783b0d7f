package org.posthouse.mailcore.engine;

import java.util.function.BooleanSupplier;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.StageAgent;
import org.posthouse.mailcore.relay.Relay;

/** Lets the relay work while the server has an SMTP Agent that is enabled; else mail for other systems waits. */
record Outbound(Relay relay, BooleanSupplier wanted) implements StageAgent {

    @Override
    public String name() {
        return relay.name();
    }

    @Override
    public void handle(Item item) {
        if (wanted.getAsBoolean()) {
            relay.handle(item);
            return;
        }
        item.pending().stream()
                .filter(recipient -> recipient.kind() == Recipient.Kind.REMOTE)
                .forEach(recipient -> item.settle(
                        recipient, new Outcome.Later("451 4.3.0 This server has no enabled SMTP Agent", "")));
    }
}
