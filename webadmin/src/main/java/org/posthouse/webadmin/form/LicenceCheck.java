package org.posthouse.webadmin.form;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.licence.LicenceRefused;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.licence.Trust;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.ServerLicense;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.SignedText;

/** Whether a licence may be installed, by the keys that this console's home trusts; and which one is installed. */
public final class LicenceCheck {

    private LicenceCheck() {}

    /** What is wrong with the licence of a page; empty when it has none or it may be installed. */
    static List<Problem> problems(ServerLicense page) {
        try {
            page.license().ifPresent(given -> trust().check(given.text(), today()));
            return List.of();
        } catch (LicenceRefused refused) {
            return List.of(new Problem("license", "", refused.reason()));
        }
    }

    /** What a messaging server may run today. */
    public static Licensing licensing(Entry server) {
        ServerLicense page = Kind.catalogue().panel(ServerLicense.class).decode(server.attributes());
        return licensing(page.license());
    }

    /** What a server with this licence might run today. */
    public static Licensing licensing(Optional<SignedText> licence) {
        return Licensing.of(licence, trust(), today());
    }

    private static Trust trust() {
        return Trust.in(Path.of(System.getProperty("posthouse.home", "var")).resolve(Trust.FOLDER));
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
