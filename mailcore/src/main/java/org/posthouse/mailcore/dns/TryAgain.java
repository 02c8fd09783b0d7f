package org.posthouse.mailcore.dns;

/** No server gave an answer that can be used. It says nothing about the name: never a reason to return mail. */
public final class TryAgain extends DnsException {

    private static final long serialVersionUID = 1;

    TryAgain(String message) {
        super(message);
    }
}
