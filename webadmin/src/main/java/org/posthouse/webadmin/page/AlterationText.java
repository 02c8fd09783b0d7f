package org.posthouse.webadmin.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.List;
import org.posthouse.webadmin.history.Alteration;
import org.posthouse.webadmin.history.Naming;
import org.posthouse.webadmin.history.Value;

/** The values of an alteration as a page shows them: some of many, and secrets as stars. */
@Named
@ApplicationScoped
public class AlterationText {

    private static final int SHOWN = 20;

    /** Those that say anything to people. */
    public List<Alteration> shown(Collection<Alteration> all) {
        return all.stream().filter(each -> Naming.isShown(each.attribute())).toList();
    }

    /** The first of the values before. */
    public List<String> before(Alteration alteration) {
        return texts(alteration.before());
    }

    /** How many more there were before. */
    public int moreBefore(Alteration alteration) {
        return Math.max(0, alteration.before().size() - SHOWN);
    }

    /** The first of the values after. */
    public List<String> after(Alteration alteration) {
        return texts(alteration.after());
    }

    /** How many more there are after. */
    public int moreAfter(Alteration alteration) {
        return Math.max(0, alteration.after().size() - SHOWN);
    }

    private static List<String> texts(List<Value> values) {
        return values.stream().limit(SHOWN).map(Value::shown).toList();
    }
}
