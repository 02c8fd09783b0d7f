package org.posthouse.mailcore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileOutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;

/** Who may know whom in the engine, and who may touch sockets, files, the clock and the console. */
@AnalyzeClasses(
        packages = "org.posthouse",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {

    /** Leaves out the tests of another module, which come as a jar when the build packages first. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("org.posthouse.mailcore.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyWireAndDnsOpenSockets = noClasses()
            .that()
            .resideInAPackage("org.posthouse.mailcore..")
            .and()
            .resideOutsideOfPackages("..mailcore.wire..", "..mailcore.dns..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Socket.class, ServerSocket.class, SocketChannel.class)
            .because("limits, deadlines and TLS are kept in one place");

    @ArchTest
    static final ArchRule onlyStoreQueueAndTheProgramWriteFiles = noClasses()
            .that()
            .resideInAPackage("org.posthouse.mailcore..")
            .and()
            .resideOutsideOfPackages(
                    "..mailcore.store..", "..mailcore.queue..", "..mailcore.ims..", "..mailcore.settings..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(FileOutputStream.class, FileChannel.class, File.class)
            .because("what must be durable is written in two packages only");

    @ArchTest
    static final ArchRule theLdapSdkIsNamedInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("..schema.directory..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.unboundid..");

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("a clock is handed in, and nobody waits blindly");

    @ArchTest
    static final ArchRule namesAreNounsOfTheTrade = classes()
            .should()
            .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Misc|Dto|DTO)(\\$.*)?")
            .because("what needs such a name belongs to the type it serves");
}
