package org.posthouse.mailcore.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Orders.NotPossible;
import org.posthouse.mailcore.status.Orders.Removal;
import org.posthouse.mailcore.store.AuditFile;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NetMail's RMBOX: a Server Manager has a mailbox looked at or removed. What is removed was written down before, with who
 * asked for it, in the DBF Directory.
 *
 * @param server the settings in force
 * @param office where mailboxes are, while the NMAP Agent runs
 * @param audit the record
 */
record MailboxRemoval(Snapshot server, Optional<Office> office, AuditFile audit) {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxRemoval.class);

    /** Does it; tells how much is or was in the mailbox. Throws NotPossible with the reason. */
    Map<String, Object> carryOut(Removal removal) {
        Place manager = Place.of(removal.manager());
        Store store = store(manager);
        String account = LoginName.key(removal.mailbox().strip());
        if (account.isEmpty() || !store.exists(account)) {
            throw new NotPossible("There is no mailbox \"" + removal.mailbox() + "\" on "
                    + server.server().name() + "." + hint(store));
        }
        Mailbox.Contents contents = store.mailbox(account).contents();
        if (removal.forReal()) {
            remove(store, account, contents, manager);
        }
        Map<String, Object> told = told(account, contents);
        told.put("record", removal.forReal() ? audit.toString() : "");
        return told;
    }

    /**
     * The mailboxes that were set aside, with how much is in each. Reads the index of each of them. Throws NotPossible with
     * the reason.
     */
    Map<String, Object> listSetAside(Place manager) {
        Store store = store(manager);
        return Map.of(
                "mailboxes",
                store.setAside().stream()
                        .map(account -> told(account, store.mailbox(account).contents()))
                        .toList());
    }

    private static Map<String, Object> told(String account, Mailbox.Contents contents) {
        var told = new LinkedHashMap<String, Object>();
        told.put("mailbox", account);
        told.put("folders", contents.folders());
        told.put("messages", contents.messages());
        told.put("octets", contents.octets());
        return told;
    }

    // Whoever is no Server Manager does not even look.
    private Store store(Place manager) {
        String name = server.server().name();
        if (!server.server().security().serverManagers().contains(manager)) {
            LOG.warn("{} is not allowed to remove mailboxes of {}", manager, name);
            throw new NotPossible(manager.leaf() + " is not a Server Manager of " + name + ".");
        }
        return office.map(Office::store)
                .orElseThrow(() -> new NotPossible("The NMAP Agent of " + name + " is not running."));
    }

    // Only who knows their names can remove the mailboxes of deleted users whose name came back.
    private static String hint(Store store) {
        List<String> aside = store.setAside();
        return aside.isEmpty() ? "" : " Mailboxes set aside: " + String.join(", ", aside) + ".";
    }

    private void remove(Store store, String account, Mailbox.Contents contents, Place manager) {
        String what = "mailbox %s of %s with %d folders, %d messages, %d octets, for %s"
                .formatted(
                        account,
                        server.server().name(),
                        contents.folders(),
                        contents.messages(),
                        contents.octets(),
                        manager);
        try {
            audit.add("RMBOX removes " + what);
            store.remove(account);
            audit.add("RMBOX removed " + what);
        } catch (StoreFailure failure) {
            throw new NotPossible("The mailbox was not removed: " + failure.getMessage() + ".");
        }
        LOG.info("RMBOX removed {}", what);
    }
}
