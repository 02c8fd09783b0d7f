package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import jakarta.validation.constraints.AssertTrue;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.posthouse.schema.option.Concerns;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Section;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.value.DomainName;

/** NetMail's Identification page of an SMTP Agent. */
@Panel(
        name = "smtp-identification",
        title = "Identification",
        intro = "The domains that this agent accepts mail for. The server's Official Domain is always " + "included.")
public record SmtpIdentification(
        @Section(name = "domains", title = "Domains")
        @Option(
                id = 60,
                attribute = "posthouseDomain",
                label = "Global Domains",
                effect = LIVE,
                trial = Trial.DOMAIN,
                help = "Domains in which the part before the @ is the user name: bob@a.com and bob@b.com are the "
                        + "same mailbox.")
        List<DomainName> globalDomains,

        @Option(
                id = 61,
                attribute = "posthouseUserDomain",
                label = "Hosting Domains",
                effect = LIVE,
                trial = Trial.DOMAIN,
                help = "Domains in which the whole address is the user name, so that two domains can each have a "
                        + "user bob.")
        List<DomainName> hostingDomains) {

    /** Whether each domain is of one kind. */
    @AssertTrue(message = "A domain cannot be both a Global Domain and a Hosting Domain.")
    @Concerns({"globalDomains", "hostingDomains"})
    public boolean isEachDomainOfOneKind() {
        return Collections.disjoint(globalDomains, Set.copyOf(hostingDomains));
    }
}
