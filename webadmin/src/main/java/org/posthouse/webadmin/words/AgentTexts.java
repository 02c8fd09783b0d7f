package org.posthouse.webadmin.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.posthouse.schema.tree.Kind;

/**
 * Texts that agents bring along, in files beside their types: {@code texts.properties} has what no option page says, such
 * as the names of figures, and {@code texts_de.properties} has everything in German. The keys are those of the console's
 * own texts, which come first. Safe for use by several threads; each file is read once.
 */
public final class AgentTexts {

    private static final Map<String, Properties> KNOWN = new ConcurrentHashMap<>();

    private AgentTexts() {}

    /** The text of a key in a language, or else in English; empty where no agent has it. */
    public static Optional<String> of(Locale locale, String key) {
        return Optional.ofNullable(all("_" + locale.getLanguage()).getProperty(key))
                .or(() -> Optional.ofNullable(all("").getProperty(key)));
    }

    private static Properties all(String language) {
        return KNOWN.computeIfAbsent(language, AgentTexts::read);
    }

    private static Properties read(String language) {
        var texts = new Properties();
        for (Kind kind : Kind.agents()) {
            Class<?> type = kind.agentType().getClass();
            try (InputStream in = type.getResourceAsStream("texts" + language + ".properties")) {
                if (in != null) {
                    texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return texts;
    }
}
