package org.posthouse.mailcore.imap.command;

/** A command with the tag that its answer carries. */
public record Request(String tag, Command command) {

    /**
     * Reads one.
     *
     * @throws Malformed when it does not follow the grammar; {@link Raw#tag()} then tells whom to answer
     * @throws UnknownCharset when a SEARCH names a character set we do not read
     */
    public static Request parse(Raw raw) {
        return new CommandParser(new Words(raw)).request();
    }
}
