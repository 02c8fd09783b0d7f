package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The class loader in which OpenDJ lives. Its parent is the platform's loader, so OpenDJ's Jackson, Grizzly and SLF4J
 * never meet those of Payara or the engine. Of our own classes it sees a second copy of this package and nothing else:
 * had it our jar as an URL, that jar's manifest would let in Payara.
 */
final class DirectoryClasses extends URLClassLoader {

    static {
        ClassLoader.registerAsParallelCapable();
    }

    private static final String OURS = DirectoryClasses.class.getPackageName() + ".";

    private DirectoryClasses(URL[] jars) {
        super("directory", jars, ClassLoader.getPlatformClassLoader());
    }

    /**
     * A fresh loader over the jars of a folder.
     *
     * @throws DirectoryUnavailable when the folder holds no jar, as in a tree that was not built
     */
    static DirectoryClasses of(Path folder) throws IOException {
        var urls = new ArrayList<URL>();
        if (Files.isDirectory(folder)) {
            try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
                for (var jar : jars) {
                    urls.add(url(jar));
                }
            }
        }
        if (urls.isEmpty()) {
            throw new DirectoryUnavailable("No directory server in " + folder + ": build the distribution first");
        }
        return new DirectoryClasses(urls.toArray(URL[]::new));
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    /** Starts the server with this as the thread's context loader, and leaves the JVM as it was found. */
    AutoCloseable startServer(Path folder, BiConsumer<String, String> log) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try (var _ = new Footprint()) {
            return starter().apply(folder, log);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @SuppressWarnings("unchecked") // OpenDjServer is declared as this very function; only its loader differs
    private BiFunction<Path, BiConsumer<String, String>, AutoCloseable> starter() {
        try {
            var type = loadClass(OpenDjServer.class.getName());
            return (BiFunction<Path, BiConsumer<String, String>, AutoCloseable>)
                    type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException failure) {
            throw new DirectoryUnavailable("The directory server's jars are incomplete", failure);
        }
    }

    // The JDK shares opened jars among all who read resources by URL, and Payara closes shared ones while it starts:
    // a stream of ours broke in the middle. These URLs open a jar of their own.
    @Override
    public @Nullable URL findResource(String name) {
        URL shared = super.findResource(name);
        return shared == null ? null : unshared(shared);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        var unshared = new ArrayList<URL>();
        for (URL shared : Collections.list(super.findResources(name))) {
            unshared.add(unshared(shared));
        }
        return Collections.enumeration(unshared);
    }

    private static URL unshared(URL shared) {
        var opener = new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) throws IOException {
                URLConnection connection = shared.openConnection();
                connection.setUseCaches(false);
                return connection;
            }
        };
        try {
            return URL.of(shared.toURI(), opener);
        } catch (MalformedURLException | URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return name.startsWith(OURS) ? copyOf(name) : super.findClass(name);
    }

    private Class<?> copyOf(String name) throws ClassNotFoundException {
        try (var in = DirectoryClasses.class.getResourceAsStream(name.substring(OURS.length()) + ".class")) {
            var bytes = orNotFound(in == null ? null : in.readAllBytes(), name);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }

    private static byte[] orNotFound(byte @Nullable [] bytes, String name) throws ClassNotFoundException {
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return bytes;
    }
}
