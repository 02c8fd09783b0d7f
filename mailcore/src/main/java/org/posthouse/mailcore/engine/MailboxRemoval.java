package org.posthouse.mailcore.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Orders.NotPossible;
import org.posthouse.mailcore.status.Orders.Removal;
import org.posthouse.mailcore.store.AuditFile;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.schema.directory.DirectoryException;
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
 * @param owners tells of which mailboxes the user is gone
 * @param audit the record
 */
record MailboxRemoval(
        Snapshot server, Optional<Office> office, Function<Office, MailboxOwners> owners, AuditFile audit) {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxRemoval.class);
    // Each is a question to the directory.
    private static final int ASKED = 5_000;

    /** Does it; tells how much is or was in the mailbox. Throws NotPossible with the reason. */
    Map<String, Object> carryOut(Removal removal) {
        Place manager = Place.of(removal.manager());
        Store store = store(manager);
        String account = existing(store, removal.mailbox());
        Mailbox.Contents contents = store.mailbox(account).contents();
        if (removal.forReal()) {
            remove(store, account, contents, manager);
        }
        Map<String, Object> told = told(account, contents);
        told.put("record", removal.forReal() ? audit.toString() : "");
        return told;
    }

    /**
     * The mailboxes of former users: those that were set aside, and those whose name no user has any more, with how much is in
     * each. Asks the directory for the user of each mailbox, and reads the index of those listed. {@code complete} is false
     * when there are more mailboxes than it asks for. Throws NotPossible with the reason.
     */
    Map<String, Object> listFormer(Place manager) {
        Store store = store(manager);
        List<String> accounts = store.accounts();
        MailboxOwners known = owners.apply(office.orElseThrow());
        try {
            Stream<String> deserted = accounts.stream().limit(ASKED).filter(known::isDeserted);
            Stream<String> aside = store.setAside().stream().filter(known::isAbandoned);
            return Map.of(
                    "mailboxes",
                    Stream.concat(aside, deserted)
                            .map(account -> former(store, account))
                            .toList(),
                    "complete",
                    accounts.size() <= ASKED);
        } catch (DirectoryException unknown) {
            throw new NotPossible("The directory is unavailable, so it is unknown which users are gone.");
        }
    }

    private static Map<String, Object> former(Store store, String account) {
        Map<String, Object> told = told(account, store.mailbox(account).contents());
        told.put("owner", Store.formerOwner(account));
        told.put("since", store.setAsideSince(account).map(Instant::toString).orElse(""));
        told.put("opened", store.opened(account).map(Instant::toString).orElse(""));
        return told;
    }

    /**
     * Hands the mail of a former user's mailbox over to a user of this server, in a folder of the user's own mailbox. Takes as
     * long as it takes to copy the mail. Tells what was in it, and the folder. Throws NotPossible with the reason.
     */
    Map<String, Object> handOver(Removal order) {
        Place manager = Place.of(order.manager());
        Store store = store(manager);
        String account = existing(store, order.mailbox());
        Person heir = heir(order.to());
        MailboxOwners known = owners.apply(office.orElseThrow());
        if (store.setAside().contains(account) ? !known.isAbandoned(account) : !known.isDeserted(account)) {
            throw new NotPossible("\"" + account + "\" is the mailbox of a user, so it cannot be handed over.");
        }
        Mailbox.Contents contents = store.mailbox(account).contents();
        String what = described(account, contents, manager) + ", to " + heir.place();
        try {
            audit.add("RMBOX hands over " + what);
            String folder = store.handOver(account, store.mailbox(heir.account(), heir.mailboxId()));
            audit.add("RMBOX handed over " + what + ", in folder " + folder);
            LOG.info("RMBOX handed over {}", what);
            Map<String, Object> told = told(account, contents);
            told.put("to", heir.account());
            told.put("folder", folder);
            told.put("record", audit.toString());
            return told;
        } catch (StoreFailure failure) {
            throw new NotPossible("The mailbox was not handed over: " + failure.getMessage() + ".");
        }
    }

    private Person heir(String name) {
        try {
            return office.flatMap(known -> known.residents().find(name))
                    .orElseThrow(() -> new NotPossible("There is no user \"" + name + "\" with a mailbox on "
                            + server.server().name() + "."));
        } catch (DirectoryException unknown) {
            throw new NotPossible("The directory is unavailable.");
        }
    }

    private String existing(Store store, String named) {
        String account = LoginName.key(named.strip());
        if (account.isEmpty() || !store.exists(account)) {
            throw new NotPossible("There is no mailbox \"" + named + "\" on "
                    + server.server().name() + "." + hint(store));
        }
        return account;
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
        String what = described(account, contents, manager);
        try {
            audit.add("RMBOX removes " + what);
            store.remove(account);
            audit.add("RMBOX removed " + what);
        } catch (StoreFailure failure) {
            throw new NotPossible("The mailbox was not removed: " + failure.getMessage() + ".");
        }
        LOG.info("RMBOX removed {}", what);
    }

    private String described(String account, Mailbox.Contents contents, Place manager) {
        return "mailbox %s of %s with %s, %s, %s, for %s"
                .formatted(
                        account,
                        server.server().name(),
                        counted(contents.folders(), "folder"),
                        counted(contents.messages(), "message"),
                        counted(contents.octets(), "byte"),
                        manager);
    }

    private static String counted(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
