package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthouse.webadmin.history.Difference;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Moment;
import org.posthouse.webadmin.history.Naming;
import org.posthouse.webadmin.ldif.Changes;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/** Two moments side by side; also as LDIF. */
@Named
@RequestScoped
public class ComparePage {

    private static final int PAGE = 50;
    private static final History.Compared NOTHING = new History.Compared(List.of(), 0);

    @Inject
    private Installed installed;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private Links links;

    private String from = "";
    private String to = "";
    private String object = "";
    private String as = "";
    private int skip;
    private long first;
    private long second;
    private History.Compared compared = NOTHING;

    /** Compares; hands out a file instead of a page where that is asked for. */
    public void open() throws IOException {
        compared = banner.during(() -> compare(as.equals("ldif") ? Integer.MAX_VALUE : PAGE), NOTHING);
        if (as.equals("ldif")) {
            download();
        }
    }

    private History.Compared compare(int most) {
        visitor.directory();
        try {
            History history = installed.history();
            long one = from.isBlank() ? 0 : Moment.of(history, from, ZoneId.systemDefault());
            long other = Moment.of(history, to, ZoneId.systemDefault());
            first = Math.min(one, other);
            second = Math.max(one, other);
            return history.compare(first, second, object.strip(), skip, most);
        } catch (IllegalArgumentException | IllegalStateException unfit) {
            banner.say("bad", String.valueOf(unfit.getMessage()));
            return NOTHING;
        }
    }

    private void download() throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.responseReset();
        external.setResponseContentType("text/x-ldif; charset=UTF-8");
        external.setResponseHeader(
                "Content-Disposition", "attachment; filename=\"history-" + first + "-" + second + ".ldif\"");
        external.getResponseOutputStream()
                .write(Changes.of(compared.differences()).getBytes(StandardCharsets.UTF_8));
        faces.responseComplete();
    }

    /** What differs, without what differs only in attributes that say nothing to people. */
    public List<Difference> getDifferences() {
        return compared.differences().stream()
                .filter(each -> each.before() != each.after()
                        || each.passwords()
                        || each.alterations().stream().anyMatch(one -> Naming.isShown(one.attribute())))
                .toList();
    }

    /** Which moments these are and how much was touched between. */
    public String getSentence() {
        return words.of("compare.between", first, second, compared.objects());
    }

    /** The address of this comparison, to be added to. */
    public String getAddress() {
        return "compare?from=" + first + "&to=" + second + "&object=" + links.encoded(object) + "&";
    }

    /** The number of the change after which the first moment is. */
    public long getFirst() {
        return first;
    }

    public boolean isMore() {
        return skip + PAGE < compared.objects();
    }

    public int getNext() {
        return skip + PAGE;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from == null ? "" : from;
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to == null ? "" : to;
    }

    public String getObject() {
        return object;
    }

    public void setObject(@Nullable String object) {
        this.object = object == null ? "" : object;
    }

    public String getAs() {
        return as;
    }

    public void setAs(@Nullable String as) {
        this.as = as == null ? "" : as;
    }

    public int getSkip() {
        return skip;
    }

    public void setSkip(int skip) {
        this.skip = Math.max(0, skip);
    }
}
