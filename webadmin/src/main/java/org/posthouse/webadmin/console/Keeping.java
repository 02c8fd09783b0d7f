package org.posthouse.webadmin.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.confirmation.Pending;
import org.posthouse.webadmin.listener.Endpoint;

/**
 * Confirms changes, by whom it proves something: an administrator by the rights as they are now, who came to the console
 * where it is to stay. Over the old address a confirmation would only show that the old address works.
 */
@ApplicationScoped
public class Keeping {

    @Inject
    private Confirmations confirmations;

    @Inject
    private ConsoleServer server;

    /** Keeps a change. Throws NotAllowed with the reason. */
    public void keep(String id, HttpServletRequest request, Place by) {
        Pending pending = confirmations.get(id);
        Set<Endpoint> proving = server.proving(pending);
        if (!isProof(proving, request)) {
            throw new NotAllowed("Confirm the change at "
                    + proving.stream().map(Endpoint::called).collect(Collectors.joining(" or "))
                    + ". A confirmation at " + here(request).url()
                    + " does not prove that you can reach the new address");
        }
        confirmations.keep(pending, by);
    }

    /** Whether a request that comes this way can confirm a change. */
    public boolean isProof(Set<Endpoint> proving, HttpServletRequest request) {
        Endpoint here = here(request);
        return proving.isEmpty() || proving.stream().anyMatch(each -> each.covers(here));
    }

    private static Endpoint here(HttpServletRequest request) {
        String address = request.getLocalAddr().replaceFirst("%.*", "");
        return new Endpoint(request.isSecure(), InetAddress.ofLiteral(address), request.getLocalPort());
    }
}
