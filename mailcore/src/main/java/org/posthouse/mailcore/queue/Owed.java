package org.posthouse.mailcore.queue;

/**
 * A recipient still owed, with what the last attempt said.
 *
 * @param recipient who
 * @param reply the last reply; empty before the first attempt
 * @param why who gave it
 */
record Owed(Recipient recipient, String reply, String why) {}
