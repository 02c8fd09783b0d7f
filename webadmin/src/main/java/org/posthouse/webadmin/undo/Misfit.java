package org.posthouse.webadmin.undo;

/**
 * What of a way back does not fit what stands there now.
 *
 * @param why why not
 * @param object which object
 * @param attribute which attribute; empty: the object as a whole
 * @param now what stands there now, or what does not come back; a secret masked
 */
public record Misfit(Why why, String object, String attribute, String now) {

    /** Why something does not fit. */
    public enum Why {
        /** It was changed again since; it stays as it is now. */
        CHANGED_SINCE,
        /** The object no longer exists. */
        GONE,
        /** An object of this name stands there again. */
        THERE_AGAIN,
        /** The object to be removed was changed after it was created; it is deleted anyway. */
        MADE_AND_CHANGED,
        /** The secret was sealed with another system secret, or not kept; it cannot come back. */
        SECRET_LOST,
        /** Passwords are never kept; a new one has to be set. */
        PASSWORD,
        /** The object had classes of other programs; it comes back without them and without what belongs to them. */
        FOREIGN_CLASS,
        /** The change was not carried out, so there is nothing to take back. */
        NOT_DONE
    }

    @Override
    public String toString() {
        String what = attribute.isEmpty() ? object : attribute + " of " + object;
        return switch (why) {
            case CHANGED_SINCE -> what + " was changed later, to " + now + "; the later value stays";
            case GONE -> what + " no longer exists";
            case THERE_AGAIN -> what + " exists again; it stays as it is";
            case MADE_AND_CHANGED -> what + " was changed after it was created; it is deleted anyway";
            case SECRET_LOST -> what + " is a secret that cannot be restored; enter it again";
            case PASSWORD -> "The password of " + what + " cannot be restored; set a new one";
            case FOREIGN_CLASS -> object + " had the class " + now + " of another program; it is restored without it";
            case NOT_DONE -> "The change was not made; there is nothing to undo";
        };
    }
}
