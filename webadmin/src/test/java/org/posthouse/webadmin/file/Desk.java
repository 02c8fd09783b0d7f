package org.posthouse.webadmin.file;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.confirmation.OfflineConfirmations;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.plan.Step;

/** Writes and applies files for tests, as the console does, without a console around. */
record Desk(Directory directory, Place who, Path home) {

    static Desk of(House house, Path home) {
        return new Desk(house.directory, house.admin, home);
    }

    private ChangeService changes() {
        var carrying = new Carrying(directory, home, Clock.systemUTC());
        return new ChangeService(directory, who.toString(), () -> Running.NOTHING, carrying, confirmations());
    }

    /** What waits for confirmation. */
    Confirmations confirmations() {
        return new OfflineConfirmations(directory, home.resolve("confirmations"), Clock.systemUTC());
    }

    String export() {
        return export(directory.root(), false);
    }

    String export(Place place, boolean users) {
        var text = new StringWriter();
        Export.of(directory, place, users, false).to(text);
        return text.toString();
    }

    Differences differences(String file, boolean prune) {
        return Differences.of(directory, file.getBytes(StandardCharsets.UTF_8), prune, who);
    }

    Plan plan(String file, boolean prune) {
        return differences(file, prune).plan(changes());
    }

    /** Applies a file and gives the steps that were taken. */
    List<Step> apply(String file, boolean prune) {
        Plan plan = plan(file, prune);
        if (!plan.isEmpty()) {
            changes().apply(plan);
        }
        return plan.steps();
    }
}
