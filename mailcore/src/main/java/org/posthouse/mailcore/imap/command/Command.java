package org.posthouse.mailcore.imap.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.posthouse.mailcore.store.TransitBuffer;

/** What a client may ask for, one record for each command of RFC 3501 6 and of the extensions. Mailbox names are decoded. */
public sealed interface Command {

    /** Commands without arguments. */
    enum Plain implements Command {
        CAPABILITY,
        NOOP,
        LOGOUT,
        STARTTLS,
        CHECK,
        CLOSE,
        UNSELECT,
        EXPUNGE,
        IDLE,
        NAMESPACE
    }

    /** LOGIN. */
    record Login(String user, String password) implements Command {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** AUTHENTICATE, with the initial response of RFC 4959; "" stands for the empty one ("="). */
    record Authenticate(String mechanism, Optional<String> initial) implements Command {}

    /** ENABLE, RFC 5161. */
    record Enable(List<String> extensions) implements Command {}

    /** ID, RFC 2971: field and value by turns. */
    record Id(List<String> fields) implements Command {}

    /** SELECT, or EXAMINE when read-only. */
    record Select(String mailbox, boolean readOnly, boolean condstore) implements Command {}

    /** CREATE, with the special use of RFC 6154 5.2 when one is given. */
    record Create(String mailbox, List<String> uses) implements Command {}

    /** DELETE. */
    record Delete(String mailbox) implements Command {}

    /** RENAME. */
    record Rename(String from, String to) implements Command {}

    /** SUBSCRIBE, or UNSUBSCRIBE. */
    record Subscribe(String mailbox, boolean wanted) implements Command {}

    /**
     * LIST and LSUB, RFC 5258.
     *
     * @param lsub whether it was the old command for subscribed names
     * @param options the selection options, upper case
     * @param patterns decoded, "*" and "%" still wild; patterns of the first form hold the reference
     * @param returns the return options, upper case
     * @param status what RFC 5819 asks for besides
     */
    record ListMailboxes(
            boolean lsub,
            List<String> options,
            String reference,
            List<String> patterns,
            List<String> returns,
            List<StatusItem> status)
            implements Command {}

    /** STATUS. */
    record Status(String mailbox, List<StatusItem> items) implements Command {}

    /** APPEND; whoever reads the command closes the message. */
    record Append(String mailbox, List<String> flags, Optional<Instant> date, TransitBuffer message)
            implements Command {}

    /** UID EXPUNGE, RFC 4315. */
    record UidExpunge(SequenceSet uids) implements Command {}

    /** SEARCH; results is empty for the old untagged answer (RFC 4731 otherwise). */
    record Search(boolean uid, boolean extended, List<String> results, SearchKey key) implements Command {}

    /** FETCH; changedSince is the modifier of RFC 7162 3.1.4.1. */
    record Fetch(boolean uid, SequenceSet set, List<FetchItem> items, OptionalLong changedSince) implements Command {}

    /** STORE. */
    record Store(
            boolean uid,
            SequenceSet set,
            Change change,
            boolean silent,
            List<String> flags,
            OptionalLong unchangedSince)
            implements Command {}

    /** COPY, or MOVE (RFC 6851). */
    record Copy(boolean uid, SequenceSet set, String mailbox, boolean move) implements Command {}

    /** What STORE does with the flags given. */
    enum Change {
        REPLACE,
        ADD,
        REMOVE
    }

    /** What STATUS tells. */
    enum StatusItem {
        MESSAGES,
        RECENT,
        UIDNEXT,
        UIDVALIDITY,
        UNSEEN,
        HIGHESTMODSEQ,
        SIZE,
        APPENDLIMIT
    }
}
