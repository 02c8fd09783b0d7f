package org.posthouse.mailcore.relay;

import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.schema.value.AddressText;

/** Turns what a host said into what became of a recipient. */
final class Reports {

    private Reports() {}

    static Outcome of(Answer answer, Target target, boolean reports) {
        // RFC 5321 4.5.3.1.10: 552 was once said for too many recipients and means later.
        if (answer.isNever() && !answer.lines().getFirst().startsWith("5.5.3")) {
            return never(answer.toString(), target);
        }
        return answer.isGood() ? new Outcome.Relayed(target.host(), reports) : later(answer.toString(), target);
    }

    static Outcome never(String reply, Target target) {
        return new Outcome.Never(reply, said(target));
    }

    static Outcome later(String reply, Target target) {
        return new Outcome.Later(reply, said(target));
    }

    private static String said(Target target) {
        return "host " + target.host() + " [" + AddressText.of(target.address().getAddress()) + "]";
    }
}
