package org.posthouse.webadmin.cli;

/** Why a command did not do its work, in words for the terminal, with the exit code for scripts. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    static final int CONFLICT = 4;
    static final int SIGN_IN = 5;

    private final int code;

    Failure(int code, String words) {
        super(words);
        this.code = code;
    }

    int code() {
        return code;
    }
}
