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
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthouse.webadmin.join.Admission;
import org.posthouse.webadmin.join.Invitations;
import org.posthouse.webadmin.join.NotAdmitted;
import org.posthouse.webadmin.login.Attempts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a new host shows its token and gets its account. Over HTTPS alone, on loopback too: a password is answered. */
@Path("/join")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class JoinResource {

    private static final Logger LOG = LoggerFactory.getLogger(JoinResource.class);
    private static final String GUESSING = "a host that joins";

    @Inject
    private Invitations invitations;

    @Inject
    private Admission admission;

    @Inject
    private Attempts attempts;

    @Context
    private @Nullable HttpServletRequest request;

    /** {@code {"token", "host"}} to the host's account: {@code host, place, directory, pin, startTls, ca, root, bindDn, password, address}. */
    @POST
    public Response join(JsonObject asked) {
        HttpServletRequest from = Objects.requireNonNull(request);
        if (!from.isSecure()) {
            return Answers.no(403, "notAllowed", "Hosts join over HTTPS only");
        }
        try {
            Admission.Account account = invitations.use(
                    Wish.text(asked, "token"),
                    in -> admission.admit(
                            in,
                            Wish.text(asked, "host").strip(),
                            from.getServerName(),
                            from.getRemoteAddr(),
                            isHere(from)),
                    Admission.Account::host);
            LOG.info("{} joined from {}", account.host(), from.getRemoteAddr());
            return Response.status(201)
                    .entity(text(account, from.getRemoteAddr()))
                    .build();
        } catch (NotAdmitted refused) {
            return refused(from.getRemoteAddr(), refused);
        }
    }

    // A token cannot be guessed, but whoever tries shall fill no log; a right one is never kept waiting.
    private Response refused(String address, NotAdmitted why) {
        if (why.reason() == NotAdmitted.Cause.UNKNOWN) {
            Duration wait = attempts.wait(GUESSING, address);
            if (!wait.isZero()) {
                return Response.fromResponse(Answers.no(
                                429, "tooMany", "Too many unknown tokens from " + address + "; wait before the next"))
                        .header("Retry-After", wait.toSeconds() + 1)
                        .build();
            }
            attempts.failed(GUESSING, address);
        }
        LOG.warn("A host at {} was not allowed to join: {}", address, why.getMessage());
        return Answers.no(status(why), "notAdmitted", String.valueOf(why.getMessage()));
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
                .add("startTls", Boolean.toString(account.route().startTls()))
                .add("ca", account.route().authorities())
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
