package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthouse.webadmin.join.Admission;
import org.posthouse.webadmin.join.Invitations;
import org.posthouse.webadmin.join.NotAdmitted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a new host shows its token and gets its account. Over HTTPS alone, on loopback too: a password is answered. */
@Path("/join")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class JoinResource {

    private static final Logger LOG = LoggerFactory.getLogger(JoinResource.class);

    @Inject
    private Invitations invitations;

    @Inject
    private Admission admission;

    @Context
    private @Nullable HttpServletRequest request;

    /** {@code {"token", "host"}} to the host's account: {@code host, place, directory, pin, root, bindDn, password, address}. */
    @POST
    public Response join(JsonObject asked) {
        HttpServletRequest from = Objects.requireNonNull(request);
        if (!from.isSecure()) {
            return Answers.no(403, "notAllowed", "Hosts join over HTTPS only");
        }
        try {
            Admission.Account account = invitations.use(
                    Wish.text(asked, "token"),
                    in -> admission.admit(in, Wish.text(asked, "host").strip(), from.getServerName(), isHere(from)),
                    Admission.Account::host);
            LOG.info("{} joined from {}", account.host(), from.getRemoteAddr());
            return Response.status(201)
                    .entity(text(account, from.getRemoteAddr()))
                    .build();
        } catch (NotAdmitted refused) {
            LOG.warn("A host at {} was not let in: {}", from.getRemoteAddr(), refused.getMessage());
            return Answers.no(status(refused), "notAdmitted", String.valueOf(refused.getMessage()));
        }
    }

    private static int status(NotAdmitted refused) {
        return switch (refused.reason()) {
            case UNKNOWN -> 403;
            case EXPIRED -> 410;
            case USED, IMPOSSIBLE -> 409;
        };
    }

    private static JsonObject text(Admission.Account account, String address) {
        return Json.createObjectBuilder()
                .add("host", account.host().leaf())
                .add("directory", account.route().url())
                .add("pin", account.route().pin().orElse(""))
                .add("root", account.root().toString())
                .add("bindDn", account.host().toString())
                .add("password", account.password())
                .add("address", address)
                .build();
    }

    private static boolean isHere(HttpServletRequest from) {
        try {
            return InetAddress.getByName(from.getRemoteAddr()).isLoopbackAddress()
                    || from.getRemoteAddr().equals(from.getLocalAddr());
        } catch (UnknownHostException odd) {
            return false;
        }
    }
}
