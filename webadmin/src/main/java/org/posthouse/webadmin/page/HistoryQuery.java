package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthouse.webadmin.history.Filter;

/** What the address of the page History asks for. */
@Named
@RequestScoped
public class HistoryQuery {

    @Inject
    private Links links;

    private String object = "";
    private String who = "";
    private String option = "";
    private String act = "";
    private String by = "";
    private String from = "";
    private String to = "";
    private String text = "";

    /** What is asked for. Throws IllegalArgumentException for what is no moment, act or way. */
    Filter filter() {
        return Filter.asked(name -> asked().getOrDefault(name, ""), ZoneId.systemDefault());
    }

    private Map<String, String> asked() {
        var asked = new LinkedHashMap<String, String>();
        asked.put("object", object);
        asked.put("who", who);
        asked.put("option", option);
        asked.put("act", act);
        asked.put("by", by);
        asked.put("from", from);
        asked.put("to", to);
        asked.put("text", text);
        return asked;
    }

    /** The same as it stands in addresses, to be added to. */
    String address() {
        return asked().entrySet().stream()
                .filter(part -> !part.getValue().isBlank())
                .map(part -> part.getKey() + "=" + links.encoded(part.getValue()) + "&")
                .collect(Collectors.joining());
    }

    /** Whether nothing is asked for in particular. */
    public boolean isEmpty() {
        return asked().values().stream().allMatch(String::isBlank);
    }

    /** Whether the filter names this one. */
    public boolean isChosen(String given, Object each) {
        return given.equalsIgnoreCase(each.toString());
    }

    /** The word for a constant, as it stands in addresses. */
    public String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public String getObject() {
        return object;
    }

    public void setObject(@Nullable String object) {
        this.object = clean(object);
    }

    public String getWho() {
        return who;
    }

    public void setWho(@Nullable String who) {
        this.who = clean(who);
    }

    public String getOption() {
        return option;
    }

    public void setOption(@Nullable String option) {
        this.option = clean(option);
    }

    public String getAct() {
        return act;
    }

    public void setAct(@Nullable String act) {
        this.act = clean(act);
    }

    public String getBy() {
        return by;
    }

    public void setBy(@Nullable String by) {
        this.by = clean(by);
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = clean(from);
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = clean(to);
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = clean(text);
    }

    private static String clean(@Nullable String given) {
        return given == null ? "" : given;
    }
}
