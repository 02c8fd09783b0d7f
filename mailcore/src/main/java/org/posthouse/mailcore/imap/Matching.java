package org.posthouse.mailcore.imap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.posthouse.mailcore.compute.SlicedWork;
import org.posthouse.mailcore.compute.WorkSlice;
import org.posthouse.mailcore.imap.command.SearchKey;
import org.posthouse.mailcore.store.Message;

/**
 * Finds the messages that SEARCH asks for, in one pass. What the index knows is tested before anything of a message is
 * read. The mailbox stays as the client knows it until the command ends.
 */
final class Matching implements SlicedWork {

    private final Selected selected;
    private final Predicate<Candidate> cheap;
    private final Predicate<Candidate> rest;
    private final Candidate candidate;
    private final boolean readsBody;
    private final boolean readsHeader;
    private final List<Integer> found = new ArrayList<>();
    private int next = 1;

    /** Throws {@link SearchTests.TooManyKeys}. */
    Matching(Selected selected, Instant now, SearchKey key) {
        this.selected = selected;
        List<SearchKey> keys = key instanceof SearchKey.And and ? and.keys() : List.of(key);
        var tests = new SearchTests(selected, now);
        this.cheap = tests.of(new SearchKey.And(
                keys.stream().filter(each -> SearchTests.cost(each) == 0).toList()));
        this.rest = tests.of(new SearchKey.And(
                keys.stream().filter(each -> SearchTests.cost(each) > 0).toList()));
        this.readsBody = SearchTests.readsBody(key);
        this.readsHeader = SearchTests.cost(key) > 0;
        this.candidate = new Candidate(selected.mailbox(), tests.texts());
    }

    static boolean usesModSeq(SearchKey key) {
        return switch (key) {
            case SearchKey.And and -> and.keys().stream().anyMatch(Matching::usesModSeq);
            case SearchKey.Or or -> usesModSeq(or.one()) || usesModSeq(or.other());
            case SearchKey.Not not -> usesModSeq(not.key());
            case SearchKey.ModSeq modSeq -> true;
            default -> false;
        };
    }

    @Override
    public boolean advance(WorkSlice slice) {
        for (; next <= selected.count(); next++) {
            if (slice.isOver()) {
                return true;
            }
            Message message = selected.at(next);
            candidate.is(next, message);
            if (cheap.test(candidate)) {
                boolean reads = readsBody || (readsHeader && candidate.isHeaderElsewhere());
                if (reads && !slice.admits(message.size())) {
                    return true;
                }
                if (rest.test(candidate)) {
                    found.add(next);
                }
            }
        }
        candidate.is(0, null);
        return false;
    }

    /** The numbers of the messages found, rising. */
    List<Integer> found() {
        return found;
    }

    /** How much of the mailbox has been looked at, in percent. */
    int percent() {
        return (int) (100L * (next - 1) / Math.max(1, selected.count()));
    }
}
