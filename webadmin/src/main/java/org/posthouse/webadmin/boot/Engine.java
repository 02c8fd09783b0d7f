package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Properties;

/**
 * The engine of this host, in a class loader of its own whose parent is the JDK: it finds none of the console's classes
 * and the console none of its. Only {@code Ims.start(Properties)} and the closing of what it returns are called.
 */
final class Engine implements AutoCloseable {
    private static final String PROGRAM = "org.posthouse.mailcore.ims.Ims";

    private final AutoCloseable running;
    private final URLClassLoader loader;

    private Engine(AutoCloseable running, URLClassLoader loader) {
        this.running = running;
        this.loader = loader;
    }

    /** Starts the engine; it waits for its directory and its servers by itself. */
    static Engine start(Path distribution, Properties settings) throws IOException, ReflectiveOperationException {
        var loader = new URLClassLoader("engine", jars(distribution.resolve("engine")), platform());
        var before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            var start = loader.loadClass(PROGRAM).getMethod("start", Properties.class);
            return new Engine((AutoCloseable) start.invoke(null, settings), loader);
        } catch (InvocationTargetException failed) {
            loader.close();
            throw new IllegalStateException(failed.getCause() == null ? failed : failed.getCause());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        Part.close(running);
        loader.close();
    }

    private static ClassLoader platform() {
        return ClassLoader.getPlatformClassLoader();
    }

    private static URL[] jars(Path folder) throws IOException {
        var urls = new ArrayList<URL>();
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            for (var jar : files) {
                urls.add(url(jar));
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
