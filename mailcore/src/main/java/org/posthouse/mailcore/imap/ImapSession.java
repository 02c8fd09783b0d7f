package org.posthouse.mailcore.imap;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.compute.ComputePool;
import org.posthouse.mailcore.compute.MemoryShort;
import org.posthouse.mailcore.imap.command.Command;
import org.posthouse.mailcore.imap.command.Command.Plain;
import org.posthouse.mailcore.imap.command.Malformed;
import org.posthouse.mailcore.imap.command.Raw;
import org.posthouse.mailcore.imap.command.Request;
import org.posthouse.mailcore.imap.command.UnknownCharset;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.FolderExists;
import org.posthouse.mailcore.store.FolderGone;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.StoreFaults;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.DeadlinePassed;
import org.posthouse.mailcore.wire.Draining;
import org.posthouse.mailcore.wire.LineTooLong;
import org.posthouse.mailcore.wire.WireException;

/**
 * One client's session, from greeting to goodbye: the states of RFC 3501 3.
 *
 * <p>Logs each login, and failures of the store. What is our own fault ends the session with BYE [SERVERBUG]: half an
 * answer may be under way, and the listener logs it.
 */
final class ImapSession {

    // RFC 3501 5.4: at least 30 minutes once signed in.
    private static final Duration PATIENCE = Duration.ofMinutes(31);
    private static final Duration STRANGERS_PATIENCE = Duration.ofMinutes(1);
    private static final int MANY = 1_000;
    private static final long SOON_COMPARED = 5_000;
    // A line takes as long to read as so many octets of a message do.
    private static final long WEIGHT = 64;
    private static final int MISTAKES = 50;
    private static final int STRANGERS_MISTAKES = 10;

    private final ImapServer server;
    private final Connection connection;
    private final RequestReader requests;
    private final Answers answers;
    private final SignIn signIn;
    private final Client client = new Client();
    private @Nullable Mailbox mailbox;
    private @Nullable Selected selected;
    private int mistakes;
    private boolean over;

    ImapSession(ImapServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
        this.requests = new RequestReader(connection, server.store()::buffer);
        this.answers = new Answers(connection, server.store()::buffer);
        this.signIn = new SignIn(server, connection, answers);
    }

    /** What the client has told us of itself that shapes answers. */
    static final class Client {
        boolean condstore;
        String tag = "";
    }

    void run() {
        answers.line("* OK [CAPABILITY " + server.capabilities(connection, false) + "] "
                + server.inForce().get().officialDomain() + " Posthouse IMAP4 server ready");
        try {
            while (!over) {
                answers.pass();
                connection.patience(mailbox == null ? STRANGERS_PATIENCE : PATIENCE);
                one();
            }
            answers.flush();
        } catch (DeadlinePassed silent) {
            bye("Autologout; idle for too long");
        } catch (Draining ending) {
            bye("The server is shutting down; try again later");
        } catch (WireException gone) {
            throw gone;
        } catch (RuntimeException fault) {
            bye("[SERVERBUG] Something went wrong here");
            throw fault;
        } finally {
            unselect();
            answers.close();
        }
    }

    private void bye(String text) {
        answers.line("* BYE " + text);
        answers.flush();
        over = true;
    }

    private void one() {
        Raw raw;
        try {
            raw = requests.next(mailbox != null);
        } catch (LineTooLong tooLong) {
            mistake("*", "The line is too long");
            return;
        } catch (RequestReader.TooLarge tooLarge) {
            answers.line(tooLarge.tag() + " NO [TOOBIG] This is larger than is taken here");
            if (tooLarge.unasked()) {
                bye("What follows cannot be read");
            }
            return;
        }
        try (raw) {
            Request request =
                    ComputePool.shared().callFor(WEIGHT * raw.lines().getFirst().length(), () -> Request.parse(raw));
            answer(request.tag(), request.command());
        } catch (Malformed malformed) {
            mistake(raw.tag(), malformed.sentence());
        } catch (UnknownCharset charset) {
            answers.line(raw.tag() + " NO [BADCHARSET (UTF-8 US-ASCII)] SEARCH reads UTF-8 and US-ASCII");
        }
    }

    private void mistake(String tag, String sentence) {
        answers.line(tag + " BAD " + sentence);
        if (++mistakes > (mailbox == null ? STRANGERS_MISTAKES : MISTAKES)) {
            bye("Too many mistakes");
        }
    }

    private void answer(String tag, Command command) {
        Tagged tagged;
        client.tag = tag;
        boolean condstore = client.condstore;
        try {
            tagged = carryOut(command);
        } catch (FolderGone gone) {
            tagged = Tagged.no("[NONEXISTENT] The mailbox has been deleted");
        } catch (FolderExists exists) {
            tagged = Tagged.no(FolderCommands.EXISTS);
        } catch (MemoryShort busy) {
            tagged = Tagged.no("[LIMIT] Too many large messages are being handled at once; try again later");
        } catch (StoreFailure failure) {
            StoreFaults.note("IMAP session of " + account(), failure);
            tagged = Tagged.no("[UNAVAILABLE] "
                    + (failure.isDiskFull() ? "The disk of the server is full" : "The message store is unavailable")
                    + "; try again later");
        }
        if (!over) {
            tellSequence(!condstore && client.condstore && !(command instanceof Command.Select));
            tellChanges(command);
        }
        answers.line(tagged.line(tag));
        if (tagged.status() == Tagged.Status.BAD) {
            mistakes++;
        }
        if (command == Plain.STARTTLS && tagged.status() == Tagged.Status.OK) {
            answers.flush();
            server.certificate().ifPresent(connection::startTls);
        }
    }

    private String account() {
        return mailbox == null ? "nobody" : mailbox.account();
    }

    private Tagged carryOut(Command command) {
        return switch (command) {
            case Plain.CAPABILITY -> {
                answers.line("* CAPABILITY " + server.capabilities(connection, mailbox != null));
                yield Tagged.ok("CAPABILITY completed");
            }
            case Plain.NOOP -> Tagged.ok("NOOP completed");
            case Plain.LOGOUT -> {
                bye("Goodbye");
                yield Tagged.ok("LOGOUT completed");
            }
            case Command.Id id -> {
                answers.line("* ID (\"name\" \"Posthouse\")");
                yield Tagged.ok("ID completed");
            }
            default -> mailbox == null ? asStranger(command) : asUser(command, mailbox);
        };
    }

    private Tagged asStranger(Command command) {
        return switch (command) {
            case Plain.STARTTLS -> {
                if (connection.secure() || server.certificate().isEmpty()) {
                    yield Tagged.bad("STARTTLS is not available here");
                }
                yield Tagged.ok("Begin TLS now");
            }
            case Command.Login login -> signedIn(signIn.login(login));
            case Command.Authenticate authenticate -> signedIn(signIn.authenticate(authenticate));
            default -> Tagged.bad("Log in first");
        };
    }

    private Tagged signedIn(SignIn.Result result) {
        mailbox = result.mailbox().orElse(null);
        if (mailbox != null) {
            connection.known();
        }
        over |= result.enough();
        if (result.enough()) {
            answers.line("* BYE Too many wrong passwords");
        }
        return result.tagged();
    }

    private Tagged asUser(Command command, Mailbox mine) {
        var folders = new FolderCommands(mine, answers);
        return switch (command) {
            case Command.Login again -> Tagged.bad("You are logged in already");
            case Command.Authenticate again -> Tagged.bad("You are logged in already");
            case Plain.STARTTLS -> Tagged.bad("STARTTLS comes before the login");
            case Command.Enable enable -> enable(enable);
            case Plain.NAMESPACE -> {
                answers.line("* NAMESPACE ((\"\" \"/\")) NIL NIL");
                yield Tagged.ok("NAMESPACE completed");
            }
            case Command.Select select -> select(select, mine);
            case Command.Create create -> folders.create(create);
            case Command.Delete delete -> work().whole(MANY, () -> folders.delete(delete.mailbox()));
            case Command.Rename rename -> folders.rename(rename);
            case Command.Subscribe subscribe -> folders.subscribe(subscribe);
            case Command.ListMailboxes list -> list(list, mine);
            case Command.Status status -> {
                client.condstore |= status.items().contains(Command.StatusItem.HIGHESTMODSEQ);
                yield folders.status(status);
            }
            case Command.Append append -> server.shortOfSpace().orElseGet(() -> folders.append(append));
            case Plain.IDLE -> idle();
            default -> selected == null ? Tagged.bad("Select a mailbox first") : inMailbox(command, selected);
        };
    }

    private LongCommands work() {
        return new LongCommands(account(), connection, answers);
    }

    // Each pattern is compared with each name, character by character.
    private Tagged list(Command.ListMailboxes command, Mailbox mine) {
        long comparisons = command.patterns().stream().mapToLong(String::length).sum()
                * mine.folders().size();
        return comparisons < SOON_COMPARED
                ? new Listing(mine, answers).list(command)
                : work().written(() -> new Listing(mine, answers).list(command));
    }

    // RFC 5161 3.1: tells what it enabled; what is not known is not an error.
    private Tagged enable(Command.Enable enable) {
        boolean condstore = enable.extensions().contains("CONDSTORE");
        client.condstore |= condstore;
        answers.line("* ENABLED" + (condstore ? " CONDSTORE" : ""));
        return Tagged.ok("ENABLE completed");
    }

    private Tagged select(Command.Select select, Mailbox mine) {
        // RFC 3501 6.3.1: whatever comes of it, the mailbox selected before is selected no longer.
        unselect();
        Optional<Folder> folder = mine.folder(select.mailbox());
        if (folder.isEmpty()) {
            return Tagged.no("[NONEXISTENT] There is no such mailbox");
        }
        client.condstore |= select.condstore();
        selected = Selected.open(mine, folder.get(), select.readOnly());
        return new Opening(answers).tell(selected, mine.folder(folder.get().id()));
    }

    private void unselect() {
        if (selected != null) {
            selected.close();
            selected = null;
        }
    }

    private Tagged inMailbox(Command command, Selected open) {
        var messages = new MessageCommands(open, answers, client, work());
        return switch (command) {
            case Plain.CHECK -> Tagged.ok("CHECK completed");
            case Plain.CLOSE -> {
                Tagged tagged = messages.close();
                unselect();
                yield tagged;
            }
            case Plain.UNSELECT -> {
                unselect();
                yield Tagged.ok("UNSELECT completed");
            }
            case Plain.EXPUNGE -> messages.expunge(Optional.empty());
            case Command.UidExpunge expunge -> messages.expunge(Optional.of(expunge.uids()));
            case Command.Fetch fetch -> messages.fetch(fetch);
            case Command.Store store -> messages.store(store);
            case Command.Copy copy -> messages.copy(copy);
            case Command.Search search -> messages.search(search);
            default -> Tagged.bad("This command cannot be used now");
        };
    }

    private Tagged idle() {
        answers.line("+ idling");
        answers.flush();
        boolean done = new Idling(connection, answers).until(() -> tell(true), Optional.ofNullable(selected));
        if (!done) {
            bye("Autologout; idle for too long");
            return Tagged.no("IDLE took too long");
        }
        return connection.line(1_000).equalsIgnoreCase("DONE")
                ? Tagged.ok("IDLE completed")
                : Tagged.bad("IDLE ends with DONE");
    }

    // RFC 7162 3.1: where a command turns CONDSTORE on in a selected mailbox, the client learns where it begins.
    private void tellSequence(boolean first) {
        if (first && selected != null && mailbox != null && !selected.closed()) {
            new Opening(answers).tellSequence(mailbox.folder(selected.folder()));
        }
    }

    // RFC 3501 7.4.1: no EXPUNGE while FETCH, STORE or SEARCH by sequence numbers are in progress.
    private void tellChanges(Command command) {
        boolean numbered = switch (command) {
            case Command.Fetch fetch -> !fetch.uid();
            case Command.Store store -> !store.uid();
            case Command.Search search -> !search.uid();
            default -> false;
        };
        tell(!numbered);
    }

    private void tell(boolean expunges) {
        if (selected != null) {
            selected.tell(new Teller(selected, answers, client.condstore), expunges);
            if (selected.closed()) {
                unselect();
            }
        }
    }
}
