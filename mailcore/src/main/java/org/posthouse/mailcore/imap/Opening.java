package org.posthouse.mailcore.imap;

import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Message;

/** What SELECT and EXAMINE tell: RFC 3501 6.3.1, RFC 7162 3.1.2.1. */
record Opening(Answers answers) {

    Tagged tell(Selected selected, Folder folder) {
        int firstUnseen = 0;
        for (int number = selected.count(); number > 0; number--) {
            Message message = selected.at(number);
            selected.keywords().add(message);
            firstUnseen = message.is("\\Seen") ? firstUnseen : number;
        }
        selected.keywords().tell(answers);
        answers.line("* " + selected.count() + " EXISTS");
        answers.line("* " + selected.recent() + " RECENT");
        if (firstUnseen > 0) {
            answers.line("* OK [UNSEEN " + firstUnseen + "] The first unseen message");
        }
        answers.line("* OK [UIDVALIDITY " + folder.uidValidity() + "] UIDs are valid");
        answers.line("* OK [UIDNEXT " + folder.uidNext() + "] The next UID");
        tellSequence(folder);
        return Tagged.ok(selected.readOnly() ? "[READ-ONLY] EXAMINE completed" : "[READ-WRITE] SELECT completed");
    }

    void tellSequence(Folder folder) {
        answers.line("* OK [HIGHESTMODSEQ " + folder.modSeq() + "] The last change");
    }
}
