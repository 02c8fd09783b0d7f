package org.posthouse.webadmin;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.posthouse.schema.directory.Directory;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.join.Admission;
import org.posthouse.webadmin.plan.Carrying;

/** Every change of the tree goes one way: steps, a plan, {@link ChangeService}. */
@AnalyzeClasses(packages = "org.posthouse.webadmin", importOptions = ImportOption.DoNotIncludeTests.class)
class WritePathTest {

    private static final Set<String> WRITES =
            Set.of("create", "createAll", "save", "delete", "deleteAll", "setPassword");

    private static boolean writes(JavaCall<?> call) {
        return call.getTargetOwner().isEquivalentTo(Directory.class) && WRITES.contains(call.getName());
    }

    // Carrying and Mending write plans. TakingBack restores what was there, which no rule may prevent while an
    // administrator is
    // locked out. The package setup is set-up and nimsext, before anybody can sign in. Admission tries what a new host
    // may
    // do.
    @ArchTest
    static final ArchRule onlyTheWritePathWritesToTheDirectory = noClasses()
            .that()
            .resideOutsideOfPackage("..webadmin.setup..")
            .and()
            .doNotBelongToAnyOf(Carrying.class, ChangeService.class, Admission.class)
            .and()
            .doNotHaveFullyQualifiedName("org.posthouse.webadmin.plan.Mending")
            .and()
            .doNotHaveFullyQualifiedName("org.posthouse.webadmin.confirmation.TakingBack")
            .should()
            .callMethodWhere(describe("writes to the directory", WritePathTest::writes));

    @ArchTest
    static final ArchRule onlyTheChangeServiceCarriesPlansOut = noClasses()
            .that()
            .doNotBelongToAnyOf(ChangeService.class, Confirmations.class, Carrying.class)
            .should()
            .callMethodWhere(describe(
                    "carries a plan out",
                    (JavaCall<?> call) -> call.getName().equals("carryOut")
                            && (call.getTargetOwner().isEquivalentTo(Carrying.class)
                                    || call.getTargetOwner().isEquivalentTo(Confirmations.class))));
}
