package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.webadmin.form.Change;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;

/** Whether the IP Address of a messaging server is one of its host: asked of the engine before it is saved. */
@Named
@RequestScoped
public class AddressPage {

    @Inject
    private Pulse pulse;

    @Inject
    private Words words;

    /** What is to be said of an address that is typed; "" when it is there, or when no engine can tell. */
    public String warning(Change change, Entry server) {
        return change.option().type() == IpAddress.class && !change.after().isEmpty()
                ? warning(server, change.after().getFirst())
                : "";
    }

    private String warning(Entry server, String address) {
        try {
            String literal = new IpAddress(address).toString();
            boolean absent =
                    pulse.hasAddress(server.place(), literal).map(here -> !here).orElse(false);
            return absent ? words.of("address.absent", literal) : "";
        } catch (IllegalArgumentException stillTyping) {
            return "";
        }
    }
}
