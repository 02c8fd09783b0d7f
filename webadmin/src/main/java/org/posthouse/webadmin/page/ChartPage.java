package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.History;
import org.posthouse.webadmin.pulse.History.Bar;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;

/**
 * How busy the messaging server was: the configuration of two charts, for Chart.js in PrimeFaces, and the same as a table.
 * What it looks like is the theme's: console.js asks it for the colours.
 */
@Named
@ViewScoped
public class ChartPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    /** A curve: the name of its words and its tone in the theme, and what it shows of a step. */
    private record Curve(String name, Function<Bar, Long> value) {}

    private static final List<Curve> MAIL = List.of(
            new Curve("received", Bar::received),
            new Curve("stored", Bar::stored),
            new Curve("sent", Bar::sent),
            new Curve("failed", Bar::failed));
    private static final List<Curve> LOAD =
            List.of(new Curve("waiting", Bar::waiting), new Curve("sessions", Bar::sessions));

    /**
     * A line of the table.
     *
     * @param time when the step began
     * @param bar what happened in it
     */
    public record Row(String time, Bar bar) {}

    @Inject
    private ObjectPage objectPage;

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Words words;

    private boolean day;
    private transient @Nullable History read;

    /** Reads what the engine knows, once for each request. */
    public void refresh() {
        read = null;
    }

    private History history() {
        History known = read;
        if (known == null) {
            try {
                known = pulse.history(objectPage.getEntry().place());
            } catch (IOException silent) {
                known = History.NONE;
            }
            read = known;
        }
        return known;
    }

    private List<Bar> bars() {
        return day ? history().day() : history().hour();
    }

    private Duration step() {
        return day ? Duration.ofMinutes(10) : Duration.ofMinutes(1);
    }

    /** The chart of mail. */
    public String getMail() {
        return chart(MAIL);
    }

    /** The chart of what waits and who is connected. */
    public String getLoad() {
        return chart(LOAD);
    }

    // Every step of the time shown has its place; where the engine did not run there is a gap.
    private String chart(List<Curve> curves) {
        Map<Long, Bar> known = bars().stream()
                .collect(Collectors.toMap(bar -> slot(bar.at()), Function.identity(), (one, other) -> other));
        long now = slot(installed.clock().instant());
        List<Long> slots =
                LongStream.rangeClosed(now - (day ? 143 : 59), now).boxed().toList();
        JsonArrayBuilder labels = Json.createArrayBuilder();
        slots.forEach(slot -> labels.add(time(Instant.ofEpochSecond(slot * step().toSeconds()))));
        JsonArrayBuilder sets = Json.createArrayBuilder();
        for (Curve curve : curves) {
            JsonArrayBuilder values = Json.createArrayBuilder();
            slots.forEach(slot -> {
                if (known.containsKey(slot)) {
                    values.add(curve.value().apply(known.get(slot)));
                } else {
                    values.addNull();
                }
            });
            sets.add(Json.createObjectBuilder()
                    .add("tone", curve.name())
                    .add("label", words.of("chart." + curve.name()))
                    .add("data", values));
        }
        return Json.createObjectBuilder()
                .add("type", "line")
                .add("data", Json.createObjectBuilder().add("labels", labels).add("datasets", sets))
                .build()
                .toString();
    }

    private long slot(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), step().toSeconds());
    }

    private static String time(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /** What the chart of mail shows, in a sentence for those who cannot see it. */
    public String getMailWords() {
        return words.of("chart.mailWords", sum(Bar::received), sum(Bar::stored), sum(Bar::sent), sum(Bar::failed));
    }

    /** The same of the chart of load. */
    public String getLoadWords() {
        return words.of("chart.loadWords", most(Bar::waiting), most(Bar::sessions));
    }

    private long sum(Function<Bar, Long> value) {
        return bars().stream().mapToLong(value::apply).sum();
    }

    private long most(Function<Bar, Long> value) {
        return bars().stream().mapToLong(value::apply).max().orElse(0);
    }

    /** The table, the newest step first. */
    public List<Row> getRows() {
        var rows = new ArrayList<>(
                bars().stream().map(bar -> new Row(time(bar.at()), bar)).toList());
        Collections.reverse(rows);
        return rows;
    }

    public boolean isDay() {
        return day;
    }

    public void setDay(boolean day) {
        this.day = day;
        refresh();
    }
}
