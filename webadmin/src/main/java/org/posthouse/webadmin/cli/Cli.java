package org.posthouse.webadmin.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** The commands of {@code ./posthouse} that ask the console. Ends with 0, or a code of {@link Failure}. */
public final class Cli {

    private static final String USAGE = """
            posthouse get [OBJECT [OPTION ...]] [--children]
            posthouse set OBJECT OPTION=VALUE ... [--secret OPTION=FILE] [--new-password-file FILE]
                          OPTION= for the default; a list: OPTION=A OPTION=B, OPTION+=C, OPTION-=A
                          enabled=true|false --now [--grace SECONDS]   starts or drains and stops it at once
            posthouse command start|stop|restart|drain SERVER or SERVER/AGENT [--grace SECONDS] [--yes]
                          drain: takes no new sessions, stops when those that run have ended or the grace is over
            posthouse create KIND [NAME] --in CONTAINER OPTION=VALUE ... [--agents nmap,smtp,...]
                          [--mail ADDRESS ...] [--secret OPTION=FILE] [--new-password-file FILE]
              [--hand-over-mailbox]
            posthouse confirm [ID [--back]]   keeps a change that can lock administrators out, or takes it back;
                          alone it lists those that wait
            posthouse delete OBJECT --yes [--successor USER]
                          set, create and delete with --plan: only says what would be done; 0: it can be, 2: it cannot
            posthouse export [OBJECT] [--users] [--comments] [--output FILE]   the configuration as one YAML file
            posthouse apply FILE [--plan] [--prune]   brings the tree to such a file; - is the standard input
                          --plan only says what would change; --prune removes what the file's lists do not name
            posthouse certificate show SERVER [--pem]
            posthouse certificate self-signed SERVER [--name HOST ...] [--key ec|rsa] [--days N]
            posthouse certificate request SERVER [--name HOST ...] [--key ec|rsa]     prints the request
            posthouse certificate install SERVER FILE ... [--file-password-file FILE]  PEM or PKCS#12
            posthouse certificate acme SERVER [--name HOST ...] [--contact MAIL] [--agree] [--directory URL]
                                       [--authorities FILE]                      asks an ACME authority
            posthouse certificate drop-request|remove|acme-stop SERVER
            posthouse license show SERVER | install SERVER FILE | remove SERVER
            posthouse imspmfix [SERVER POSTMASTER]   repairs a server whose postmaster is gone; alone it lists them
            posthouse history [list|show|compare|undo|return|export|verify]
                          every change ever made (posthouse history help)
            posthouse host show HOST      engine, machine, clock and disks of a Host Server
            posthouse host invite HOST|CONTAINER    the command by which an engine of another host joins
            posthouse rmbox SERVER MAILBOX ... [--dry-run] [--yes]   for Server Managers; asks before it removes
            posthouse nimsext [--administrator USER]   makes Internet Services again when it was deleted; for who may
                          write to the console's --home, without signing in
            posthouse stat SERVER [--reset]   NetMail's statistics; --reset begins to count anew
            posthouse status [--lagging]      --lagging: only what does not obey the revision wanted, and why;
                          ends with code 1 when there is any
              each with --user NAME [--password-file FILE] or --token-file FILE, [--home DIR | --url URL], [--json]
              OBJECT is a distinguished name, or a path such as "Internet Services/mail1/SMTP Agent"
            """ + SetUpCommand.USAGE;

    private Cli() {}

    /** Runs one command. */
    public static void main(String[] words) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try {
            run(Arrays.asList(words), out);
        } catch (Failure failure) {
            String.valueOf(failure.getMessage()).lines().forEach(line -> err.println("posthouse: " + line));
            System.exit(failure.code());
        }
    }

    static void run(List<String> words, PrintStream out) {
        if (words.isEmpty() || words.contains("--help")) {
            out.println(USAGE);
            return;
        }
        var arguments = new Arguments(words.subList(1, words.size()));
        var print = new Print(out, arguments.has("--json"));
        switch (words.getFirst()) {
            case "setup" -> new SetUpCommand(arguments, print).run();
            case "status" -> {
                new Status(SignedIn.client(arguments), print).run(arguments);
            }
            case "get" -> new Objects(SignedIn.client(arguments), print).get(arguments);
            case "stat" -> new Stat(SignedIn.client(arguments), print).run(arguments);
            case "set" -> new Objects(SignedIn.client(arguments), print).set(arguments);
            case "confirm" -> new Confirm(SignedIn.client(arguments), print).run(arguments);
            case "command" -> new Objects(SignedIn.client(arguments), print).command(arguments);
            case "create" -> new Objects(SignedIn.client(arguments), print).create(arguments);
            case "export" -> new Configurations(SignedIn.client(arguments), print, out).export(arguments);
            case "apply" -> new Configurations(SignedIn.client(arguments), print, out).apply(arguments);
            case "certificate" -> new Certificates(SignedIn.client(arguments), print).run(arguments);
            case "license" -> new Licenses(SignedIn.client(arguments), print).run(arguments);
            case "imspmfix" -> new Imspmfix(SignedIn.client(arguments), print).run(arguments);
            case "nimsext" -> new Nimsext(print, Clock.systemUTC()).run(arguments);
            case "history" -> history(arguments, print, out);
            case "host" -> new Hosts(SignedIn.client(arguments), print).run(arguments);
            case "rmbox" -> new Rmbox(SignedIn.client(arguments), print).run(arguments);
            case "delete" -> new Objects(SignedIn.client(arguments), print).delete(arguments);
            default -> throw new Failure(Failure.USAGE, USAGE);
        }
    }

    private static void history(Arguments arguments, Print print, PrintStream out) {
        if (Verify.isMeant(arguments)) {
            new Verify(print).run(arguments);
        } else {
            new Past(SignedIn.client(arguments), print, out).run(arguments);
        }
    }
}
