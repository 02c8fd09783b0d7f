package org.posthouse.mailcore.imap;

import org.posthouse.mailcore.store.Message;

/** Writes what happened in a mailbox as untagged answers: RFC 3501 7.3, 7.4. */
record Teller(Selected selected, Answers answers, boolean condstore) implements Selected.Listener {

    @Override
    public void expunged(int number) {
        answers.put("* ").put(number).put(" EXPUNGE").end();
    }

    // The UID goes with it: a client that does not count on its numbers can use it (RFC 7162 3.1.4.2 wants it so).
    @Override
    public void flagged(int number, Message message) {
        selected.keywords().announce(message, answers);
        answers.put("* ").put(number).put(" FETCH (UID ").put(message.uid());
        if (condstore) {
            answers.put(" MODSEQ (").put(message.modSeq()).put(")");
        }
        answers.put(" FLAGS (");
        Flags.write(answers.text(), message, selected.isRecent(message));
        answers.put("))").end();
    }

    @Override
    public void exists(int count, int recent) {
        answers.put("* ").put(count).put(" EXISTS").end();
        answers.put("* ").put(recent).put(" RECENT").end();
    }
}
