package org.posthouse.schema;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of dependencies in this module: login, directory, address, ldif, licence, tree, agent, panel, option, value; never back. */
@AnalyzeClasses(packages = "org.posthouse.schema", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("org.posthouse.schema.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("login")
            .definedBy("..schema.login..")
            .layer("address")
            .definedBy("..schema.address..")
            .layer("directory")
            .definedBy("..schema.directory..")
            .layer("ldif")
            .definedBy("..schema.ldif..")
            .layer("licence")
            .definedBy("..schema.licence..")
            .layer("tree")
            .definedBy("..schema.tree..")
            .layer("agent")
            .definedBy("..schema.agent..")
            .layer("panel")
            .definedBy("..schema.panel..")
            .layer("option")
            .definedBy("..schema.option..")
            .layer("value")
            .definedBy("..schema.value..")
            .whereLayer("address")
            .mayOnlyBeAccessedByLayers("directory")
            .whereLayer("directory")
            .mayOnlyBeAccessedByLayers("login")
            .whereLayer("login")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ldif")
            .mayOnlyBeAccessedByLayers("directory")
            .whereLayer("licence")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("tree")
            .mayOnlyBeAccessedByLayers("login", "address", "directory", "ldif", "licence")
            .whereLayer("agent")
            .mayOnlyBeAccessedByLayers("address", "directory", "ldif", "tree", "licence")
            .whereLayer("panel")
            .mayOnlyBeAccessedByLayers("address", "directory", "ldif", "tree", "licence", "agent")
            .whereLayer("option")
            .mayOnlyBeAccessedByLayers("address", "directory", "ldif", "tree", "panel", "agent");

    @ArchTest
    static final ArchRule anAgentTypeKnowsNoOther = slices().matching("org.posthouse.schema.agent.(*)..")
            .should()
            .notDependOnEachOther()
            .because("an agent is added without touching another");

    @ArchTest
    static final ArchRule onlyDirectoryNamesTheLdapSdk = noClasses()
            .that()
            .resideOutsideOfPackage("..schema.directory..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.unboundid..");
}
