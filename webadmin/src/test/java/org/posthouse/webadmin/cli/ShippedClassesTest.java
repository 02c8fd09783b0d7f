package org.posthouse.webadmin.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** The command line is a small program of its own: it can only use the classes that distribution/build.xml packs with it. */
@AnalyzeClasses(packages = "org.posthouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ShippedClassesTest {

    private static final List<String> PACKED = List.of(
            "org.posthouse.webadmin.boot",
            "org.posthouse.webadmin.cli",
            "org.posthouse.schema.commandline",
            "org.posthouse.schema.file",
            "org.posthouse.schema.suggestion",
            "org.posthouse.schema.summary");

    private static final Set<String> PACKED_ALONE = Set.of(
            "org.posthouse.schema.certificate.Pin",
            "org.posthouse.webadmin.history.Anchors",
            "org.posthouse.webadmin.history.Chain",
            "org.posthouse.webadmin.history.Fault",
            "org.posthouse.webadmin.history.Frame",
            "org.posthouse.webadmin.history.Pages",
            "org.posthouse.webadmin.history.Verdict");

    private static boolean isMissing(JavaClass used) {
        String name = used.getName().replaceFirst("\\$.*", "");
        return name.startsWith("org.posthouse.")
                && !PACKED_ALONE.contains(name)
                && PACKED.stream()
                        .noneMatch(packed -> used.getPackageName().equals(packed)
                                || used.getPackageName().startsWith(packed + "."));
    }

    @ArchTest
    static final ArchRule theCommandLineUsesOnlyWhatIsPackedWithIt = noClasses()
            .that()
            .resideInAnyPackage("org.posthouse.webadmin.cli..", "org.posthouse.webadmin.boot..")
            .should()
            .dependOnClassesThat(describe("are not packed with the command line", ShippedClassesTest::isMissing));
}
