package org.posthouse.webadmin.page;

import org.jspecify.annotations.Nullable;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.Ask;

/** One question of a wizard with what was answered so far. */
public final class Answer {

    private final Ask ask;
    private String text;
    private String again = "";

    Answer(Ask ask) {
        this.ask = ask;
        this.text = ask.proposal();
    }

    public Ask getAsk() {
        return ask;
    }

    public String getName() {
        return ask.name();
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }

    public boolean isOn() {
        return text.equals("TRUE");
    }

    public void setOn(boolean on) {
        text = on ? "TRUE" : "FALSE";
    }

    /** A password typed a second time. */
    public String getAgain() {
        return again;
    }

    public void setAgain(@Nullable String again) {
        this.again = again == null ? "" : again;
    }

    /** Whether a password was typed the same way twice. */
    boolean isRepeated() {
        return ask.manner() != Ask.Manner.PASSWORD || text.equals(again);
    }

    /** Takes an object that was browsed for. */
    void pick(Place place) {
        text = place.toString();
    }
}
