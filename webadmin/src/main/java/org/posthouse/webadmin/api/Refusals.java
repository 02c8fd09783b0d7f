package org.posthouse.webadmin.api;

import jakarta.json.JsonException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.Misplaced;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.DirectoryException.NameTaken;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.DirectoryException.StillNeeded;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.option.Refused;
import org.posthouse.webadmin.file.Faulty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From exceptions to answers; an expected one never shows a stack trace. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    private static String words(Exception failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }

    /** What the directory did not do. */
    @Provider
    public static final class OfDirectory implements ExceptionMapper<DirectoryException> {
        @Override
        public Response toResponse(DirectoryException failure) {
            String reason = words(failure);
            return switch (failure) {
                case Conflict conflict -> Answers.conflict(reason, ObjectText.of(conflict.current()));
                case Missing missing -> Answers.no(404, "missing", reason);
                case NameTaken taken -> Answers.no(409, "nameTaken", reason);
                case StillNeeded needed -> Answers.no(409, "stillNeeded", reason);
                case Misplaced misplaced -> Answers.no(422, "misplaced", reason);
                case NotAllowed forbidden -> Answers.no(403, "notAllowed", reason);
                case DirectoryDown down -> Answers.no(503, "directoryDown", reason);
                case Unwilling unwilling -> Answers.no(502, "directoryRefuses", reason);
            };
        }
    }

    /** A password that was not checked now: 429 with Retry-After (RFC 6585 4). */
    @Provider
    public static final class OfSignIns implements ExceptionMapper<SignInDelayed> {
        @Override
        public Response toResponse(SignInDelayed delay) {
            return Response.fromResponse(Answers.no(429, "tooMany", delay.sentence()))
                    .header("Retry-After", delay.seconds())
                    .build();
        }
    }

    /** Values that may not be saved. */
    @Provider
    public static final class OfValues implements ExceptionMapper<Refused> {
        @Override
        public Response toResponse(Refused refused) {
            return Answers.refused(refused.problems());
        }
    }

    /** A file that cannot be applied. */
    @Provider
    public static final class OfFiles implements ExceptionMapper<Faulty> {
        @Override
        public Response toResponse(Faulty faulty) {
            return Answers.faulty(faulty.faults());
        }
    }

    /** A certificate or key that cannot be used. */
    @Provider
    public static final class OfCertificates implements ExceptionMapper<NotUsable> {
        @Override
        public Response toResponse(NotUsable unusable) {
            return Answers.no(422, "notUsable", words(unusable));
        }
    }

    /** A request that is none. */
    @Provider
    public static final class OfMalformed implements ExceptionMapper<RuntimeException> {
        @Override
        public Response toResponse(RuntimeException failure) {
            if (failure instanceof IllegalArgumentException || failure instanceof JsonException) {
                return Answers.no(400, "malformed", words(failure));
            }
            LOG.error("A request failed", failure);
            return Answers.no(500, "fault", "Internal error in the console. See its log.");
        }
    }

    /** What the container refuses by itself: no such path, wrong method. */
    @Provider
    public static final class OfContainer implements ExceptionMapper<WebApplicationException> {
        @Override
        public Response toResponse(WebApplicationException refused) {
            Response own = refused.getResponse();
            return own.hasEntity() ? own : Answers.no(own.getStatus(), "refused", words(refused));
        }
    }
}
