package org.posthouse.schema.agent;

/**
 * NetMail's two editions. Which agents belonged to which is no longer known, so the split is our own (decision 0022). It
 * sorts the License page, and Foundation is what remains when a license has expired. A valid license alone decides what it
 * allows.
 */
public enum Edition {
    /** What a mail server needs to accept, keep, and hand out mail. */
    FOUNDATION("Foundation"),
    /** What grows with the number of users. */
    ADVANCED("Advanced");

    private final String label;

    Edition(String label) {
        this.label = label;
    }

    /** Its name, as a license and the page show it. */
    public String label() {
        return label;
    }
}
