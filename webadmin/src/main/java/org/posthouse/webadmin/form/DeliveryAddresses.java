package org.posthouse.webadmin.form;

import java.util.List;
import java.util.function.Supplier;
import org.posthouse.schema.address.AddressResolver;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/**
 * The addresses at which mail for a user arrives, found by the resolver that engines use.
 *
 * @param tree the configuration
 */
public record DeliveryAddresses(Supplier<Tree> tree) {

    /** Those of a user at a place, existing or not; empty when no server keeps a mailbox there or takes mail for it. */
    public List<String> of(Place user) {
        Tree known = tree.get();
        return user.parent().stream()
                .flatMap(container -> known.servers().stream()
                        .filter(server -> AddressResolver.contextsOf(server).contains(container))
                        .limit(1))
                .map(keeper -> AddressResolver.of(known, keeper))
                .filter(resolver -> resolver.seen().stream().anyMatch(DeliveryAddresses::takesMail))
                .flatMap(resolver -> resolver.addresses(user.leaf()).stream())
                .toList();
    }

    private static boolean takesMail(MessagingServer server) {
        return server.agent(Kind.SMTP_AGENT).filter(agent -> agent.enabled()).isPresent();
    }
}
