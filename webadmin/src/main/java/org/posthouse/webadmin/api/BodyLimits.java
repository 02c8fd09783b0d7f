package org.posthouse.webadmin.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.posthouse.webadmin.file.Differences;

/**
 * Reads no more of a request than its resource can need, and answers 413 (RFC 9110 15.5.14) to more. Before anything
 * else, so that nobody who has not signed in keeps the console busy by sending.
 */
@Provider
@Priority(100)
public class BodyLimits implements ContainerRequestFilter {

    private static final long KILOBYTE = 1024;
    private static final long USUAL = 256 * KILOBYTE;
    private static final Map<String, Long> LIMITS = Map.of(
            "sign-in", 4 * KILOBYTE,
            "setup", 16 * KILOBYTE,
            "nimsext", 4 * KILOBYTE,
            "join", 16 * KILOBYTE,
            // Lists of ten thousand domains.
            "objects", 4 * KILOBYTE * KILOBYTE,
            "plan", 4 * KILOBYTE * KILOBYTE,
            // A file of up to one megabyte in Base64, with its chain.
            "certificates", 4 * KILOBYTE * KILOBYTE,
            // The resource itself tells how large a configuration may be.
            "apply", Differences.LARGEST + KILOBYTE);

    @Override
    public void filter(ContainerRequestContext asked) {
        if (!asked.hasEntity()) {
            return;
        }
        long limit = limit(asked.getUriInfo().getPath());
        if (asked.getLength() > limit) {
            asked.abortWith(tooLarge(limit));
            return;
        }
        asked.setEntityStream(new Limited(asked.getEntityStream(), limit));
    }

    static long limit(String path) {
        String resource = path.replaceAll("^/", "").replaceAll("/.*$", "").toLowerCase(Locale.ROOT);
        return LIMITS.getOrDefault(resource, USUAL);
    }

    private static Response tooLarge(long limit) {
        Response told = Answers.no(413, "tooLarge", "The request is larger than " + limit / KILOBYTE + " KB");
        // What is still on its way is not read.
        return Response.fromResponse(told).header("Connection", "close").build();
    }

    /** Ends the request once more was read than the limit. */
    private static final class Limited extends FilterInputStream {

        private final long limit;
        private long count;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        private int counted(int octets) {
            count += Math.max(0, octets);
            if (count > limit) {
                throw new WebApplicationException(tooLarge(limit));
            }
            return octets;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            counted(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] octets, int from, int most) throws IOException {
            return counted(super.read(octets, from, most));
        }
    }
}
