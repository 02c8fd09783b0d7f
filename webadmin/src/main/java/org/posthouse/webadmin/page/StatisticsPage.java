package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.pulse.Statistics;
import org.posthouse.webadmin.words.Look;
import org.posthouse.webadmin.words.Words;

/** NetMail's statistics of the messaging server that is shown. What nobody counts is said so, instead of nought. */
@Named
@RequestScoped
public class StatisticsPage {

    private static final List<String> WAYS =
            List.of("ReceivedLocal", "ReceivedRemote", "StoredLocal", "QueuedLocal", "QueuedRemote", "SentRemote");
    private static final long KB = 1024;

    /**
     * A figure.
     *
     * @param name its name
     * @param label its label
     * @param text its value; a dash when nobody counts it
     * @param counted whether somebody counts it
     */
    public record Figure(String name, String label, String text, boolean counted) {}

    /**
     * A line of the table of mail.
     *
     * @param name what is counted: messages, octets, recipients
     * @param label its label
     * @param figures one for each way of mail
     */
    public record Line(String name, String label, List<Figure> figures) {}

    @Inject
    private ObjectPage objectPage;

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Savebar savebar;

    @Inject
    private Words words;

    @Inject
    private Look look;

    private Optional<Board.Server> server() {
        Entry shown = objectPage.getEntry();
        Place place = shown.place();
        return pulse.server(place);
    }

    private Optional<Statistics> statistics() {
        return server().flatMap(Board.Server::statistics);
    }

    /** Whether there is anything to show. */
    public boolean isThere() {
        return statistics().isPresent();
    }

    /** How long it runs; "" while it does not. */
    public String getUptime() {
        return server().flatMap(Board.Server::runsSince)
                .map(since -> savebar.duration(
                        Duration.between(since, installed.clock().instant()).toSeconds()))
                .orElse("");
    }

    /** Since when it counts. */
    public String getSince() {
        return statistics().flatMap(Statistics::since).map(this::moment).orElse("");
    }

    private String moment(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(look.locale())
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    /** The figures of a group. */
    public List<Figure> figures(String group) {
        var figures = new ArrayList<Figure>();
        statistics()
                .map(all -> all.group(group))
                .orElse(Map.of())
                .forEach((name, value) -> figures.add(figure(name, value, 1)));
        return figures;
    }

    /** Whether anybody counts something of a group. */
    public boolean isCounted(String group) {
        return figures(group).stream().anyMatch(Figure::counted);
    }

    /** Messages, KB and recipients, each by the way of mail. */
    public List<Line> getMail() {
        Map<String, OptionalLong> mail =
                statistics().map(all -> all.group("mail")).orElse(Map.of());
        return List.of(line(mail, "messages", 1), line(mail, "octets", KB), line(mail, "recipients", 1));
    }

    private Line line(Map<String, OptionalLong> mail, String what, long unit) {
        return new Line(
                what,
                words.of("stat." + what),
                WAYS.stream()
                        .map(way -> figure(what + way, mail.getOrDefault(what + way, OptionalLong.empty()), unit))
                        .toList());
    }

    private Figure figure(String name, OptionalLong value, long unit) {
        String text = value.isPresent() ? number((value.getAsLong() + unit - 1) / unit) : "–";
        return new Figure(name, words.statistic(name), text, value.isPresent());
    }

    /** Mails in the queue, stage by stage. */
    public List<Figure> getStages() {
        List<Long> stages =
                server().map(Board.Server::queue).map(Board.Queue::stages).orElse(List.of());
        var figures = new ArrayList<Figure>();
        for (int stage = 0; stage < stages.size(); stage++) {
            figures.add(new Figure("stage" + stage, words.of("stage." + stage), number(stages.get(stage)), true));
        }
        return figures;
    }

    private String number(long number) {
        return NumberFormat.getIntegerInstance(look.locale()).format(number);
    }
}
