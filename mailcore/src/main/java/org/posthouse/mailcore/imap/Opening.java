package org.posthouse.mailcore.imap;

import java.util.TreeSet;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Message;

/** What SELECT and EXAMINE tell: RFC 3501 6.3.1, RFC 7162 3.1.2.1. */
record Opening(Answers answers) {

    Tagged tell(Selected selected, Folder folder) {
        var keywords = new TreeSet<String>();
        int firstUnseen = 0;
        for (int number = selected.count(); number > 0; number--) {
            Message message = selected.at(number);
            keywords.addAll(message.flags());
            firstUnseen = message.is("\\Seen") ? firstUnseen : number;
        }
        Flags.SYSTEM.forEach(keywords::remove);
        String flags = String.join(" ", Flags.SYSTEM) + (keywords.isEmpty() ? "" : " " + String.join(" ", keywords));
        answers.line("* FLAGS (" + flags + ")");
        answers.line("* OK [PERMANENTFLAGS (" + (selected.readOnly() ? "" : flags + " \\*") + ")] What may be kept");
        answers.line("* " + selected.count() + " EXISTS");
        answers.line("* " + selected.recent() + " RECENT");
        if (firstUnseen > 0) {
            answers.line("* OK [UNSEEN " + firstUnseen + "] The first unseen message");
        }
        answers.line("* OK [UIDVALIDITY " + folder.uidValidity() + "] UIDs are valid");
        answers.line("* OK [UIDNEXT " + folder.uidNext() + "] The next UID");
        answers.line("* OK [HIGHESTMODSEQ " + folder.modSeq() + "] The last change");
        return Tagged.ok(selected.readOnly() ? "[READ-ONLY] EXAMINE completed" : "[READ-WRITE] SELECT completed");
    }
}
