package org.posthouse.mailcore.imap;

/** The line that ends a command: RFC 3501 7.1. The text is for people, the code in brackets for programs. */
record Tagged(Status status, String text) {

    enum Status {
        OK,
        NO,
        BAD
    }

    static Tagged ok(String text) {
        return new Tagged(Status.OK, text);
    }

    static Tagged no(String text) {
        return new Tagged(Status.NO, text);
    }

    static Tagged bad(String text) {
        return new Tagged(Status.BAD, text);
    }

    String line(String tag) {
        return tag + " " + status + " " + text;
    }
}
