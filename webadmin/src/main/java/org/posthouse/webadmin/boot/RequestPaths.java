package org.posthouse.webadmin.boot;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.glassfish.embeddable.GlassFish;
import org.glassfish.embeddable.GlassFishException;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.Header;

/**
 * Lets every request reach the console. The HTTP server inside Payara answers a path with a backslash, a null character, or
 * a malformed escape sequence with status 400 and nothing else, although a backslash is legal (RFC 3986 2.1) and every second
 * distinguished name has one. Such characters are replaced before the server looks at the path by noncharacters of Unicode,
 * which no name contains; the API puts them back or refuses them in words.
 *
 * <p>The server answers a Host header that it cannot read with status 200 and nothing else, and takes the first of two. Both
 * are replaced by a name that the console refuses (RFC 9112 3.2).
 */
final class RequestPaths extends BaseFilter {

    // The same in org.posthouse.webadmin.api.RequestPath: the two share no class.
    private static final String BACKSLASH = "%EF%B7%90";
    private static final String NULL = "%EF%B7%91";
    private static final String PERCENT = "%EF%B7%92";
    private static final String DOT = "%EF%B7%93";
    private static final String SLASH = "%EF%B7%94";

    private static final String OTHER = "%EF%B7%95";

    private static final String API = "/api/";
    private static final Pattern REPLACED =
            Pattern.compile("\\\\|%5C|%00|%2F|%(?![0-9A-F]{2})", Pattern.CASE_INSENSITIVE);
    private static final Pattern UPWARD = Pattern.compile("(?<=/)(\\.|%2E){1,2}(?=/|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OCTET = Pattern.compile("%[89A-Fa-f][0-9A-Fa-f]|[\\x80-\\xFF]");
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._~-]+)?]|[A-Za-z0-9._~%-]+)(:[0-9]{0,5})?");
    private static final int LARGEST_PORT = 65_535;
    // The same in org.posthouse.webadmin.guard.OwnNames: the two share no class.
    private static final String NO_HOST = "host.invalid";
    private static final String SERVICE = "com.sun.enterprise.v3.services.impl.GrizzlyService";

    private static final String FILE_CACHE = "org.glassfish.grizzly.http.server.FileCacheFilter";

    /** Looks after every port that Payara listens on and this does not know yet. */
    void watch(GlassFish payara) throws GlassFishException {
        try {
            Object service = payara.getService(Class.forName(SERVICE));
            var proxies = service.getClass().getDeclaredField("proxies");
            proxies.setAccessible(true);
            for (Object proxy : (Collection<?>) proxies.get(service)) {
                Object listener =
                        proxy.getClass().getMethod("getUnderlyingListener").invoke(proxy);
                Object transport = listener.getClass().getMethod("getTransport").invoke(listener);
                watch((FilterChain) ((Transport) transport).getProcessor());
            }
        } catch (ReflectiveOperationException changed) {
            throw new GlassFishException("Payara keeps its ports in another way than expected", changed);
        }
    }

    // Requests of HTTP/1.1 and of HTTP/2 both come by the cache of files, which Payara puts before its handler and does
    // not
    // use. Its place is taken: one more filter would break the connections of HTTP/2 that are open already.
    private synchronized void watch(FilterChain chain) throws GlassFishException {
        if (chain.contains(this)) {
            return;
        }
        int cache = IntStream.range(0, chain.size())
                .filter(at -> chain.get(at).getClass().getName().equals(FILE_CACHE))
                .findFirst()
                .orElseThrow(() -> new GlassFishException("Payara hands requests on in another way than expected"));
        chain.set(cache, this);
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        if (context.getMessage() instanceof HttpContent content
                && content.getHttpHeader() instanceof HttpRequestPacket request) {
            String path = request.getRequestURIRef().getOriginalRequestURIBC().toString();
            String safe = safe(path);
            if (!safe.equals(path)) {
                request.setRequestURI(safe);
            }
            var hosts = new ArrayList<String>();
            request.getHeaders().values(Header.Host).forEach(hosts::add);
            if (hosts.size() > 1 || !hosts.stream().allMatch(RequestPaths::isHost)) {
                request.setHeader(Header.Host, NO_HOST);
            }
        }
        return context.getInvokeAction();
    }

    /** A path without what the server refuses. */
    static String safe(String path) {
        if (path.chars().noneMatch(each -> each == '%' || each == '\\' || each > '~') && !path.contains("/.")) {
            return path;
        }
        boolean api = path.startsWith(API);
        String legal = REPLACED.matcher(path).replaceAll(found -> replacement(found.group(), api));
        String level = UPWARD.matcher(legal).replaceAll(DOT);
        return isUtf8(level) ? level : OCTET.matcher(level).replaceAll(OTHER);
    }

    /** Whether a Host header names a host, and perhaps a port. */
    static boolean isHost(String value) {
        Matcher host = HOST.matcher(value);
        if (!host.matches()) {
            return false;
        }
        String port = host.group(3);
        return port == null || port.length() == 1 || Integer.parseInt(port.substring(1)) <= LARGEST_PORT;
    }

    // RFC 3986 2.5: what the escape sequences stand for is text in UTF-8.
    private static boolean isUtf8(String path) {
        byte[] sent = path.getBytes(StandardCharsets.ISO_8859_1);
        var octets = ByteBuffer.allocate(sent.length);
        for (int at = 0; at < sent.length; at++) {
            if (sent[at] == '%') {
                octets.put((byte) Integer.parseInt(path.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                octets.put(sent[at]);
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(octets.flip());
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    private static String replacement(String found, boolean api) {
        return switch (found.toUpperCase(Locale.ROOT)) {
            case "%00" -> NULL;
            case "%2F" -> api ? SLASH : found;
            case "%" -> PERCENT;
            default -> BACKSLASH;
        };
    }
}
