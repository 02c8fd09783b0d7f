package org.posthouse.webadmin.history;

import java.util.ArrayList;
import java.util.List;
import org.posthouse.webadmin.history.Author.By;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.Change.State;

/** What the index knows of one operation. Only {@link Index} touches it, under its lock. */
final class Operation {

    final long number;
    final long at;
    final long back;
    final int who;
    final By by;
    final List<Mark> marks = new ArrayList<>(1);
    State state = State.OPEN;
    long revision;
    String remark = "";
    Effect effect = Effect.UNKNOWN;

    Operation(long number, long at, long back, int who, By by) {
        this.number = number;
        this.at = at;
        this.back = back;
        this.who = who;
        this.by = by;
    }
}
