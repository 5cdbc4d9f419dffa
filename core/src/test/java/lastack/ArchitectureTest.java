package lastack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directions of the house: model <- filter, kernel <- sockets <- diagnosis, remedy. */
final class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("lastack");

    /** Into the JDK only one class looks, {@link #linksOneNativeCallAtOneDoor}, and only one attaches to other JVMs. */
    private static final String[] ALLOWED_OUTSIDE = {
        "java..", "jdk.internal..", "com.sun.tools.attach..", "org.jspecify.."
    };

    @Test
    void seesTheWholeOfCore() {
        assertThat(CORE.stream().map(type -> type.getPackageName()).distinct())
                .contains(
                        "lastack.model",
                        "lastack.filter",
                        "lastack.kernel",
                        "lastack.sockets",
                        "lastack.diagnosis",
                        "lastack.remedy",
                        "lastack.options");
    }

    @ParameterizedTest(name = "{0} knows only {1}")
    @CsvSource({
        "lastack.model,   lastack.model",
        "lastack.host,    lastack.host",
        "lastack.filter,  lastack.model lastack.host lastack.filter",
        "lastack.kernel.., lastack.model lastack.kernel..",
        "lastack.sockets, lastack.model lastack.host lastack.filter lastack.kernel.. lastack.sockets",
        "lastack.diagnosis, lastack.model lastack.filter lastack.kernel.. lastack.sockets lastack.diagnosis",
        "lastack.jvm.heap, lastack.jvm.heap",
        "lastack.jvm,     lastack.model lastack.kernel.. lastack.jvm..",
        "lastack.remedy,  lastack.model lastack.filter lastack.kernel.. lastack.sockets lastack.jvm lastack.remedy",
        "lastack.options, lastack.model lastack.filter lastack.kernel.. lastack.sockets lastack.remedy lastack.options",
        "lastack.ports,   lastack.model lastack.filter lastack.kernel.. lastack.ports",
        "lastack.server,  lastack.model lastack.sockets lastack.ports lastack.server",
        "lastack.forwarded, lastack.model lastack.filter lastack.kernel.. lastack.sockets lastack.remedy lastack.forwarded",
        "lastack.tuning,  lastack.model lastack.filter lastack.kernel.. lastack.sockets lastack.tuning",
        "lastack.live,    lastack.model lastack.filter lastack.kernel.. lastack.sockets lastack.live",
        "lastack.launch,  lastack.model lastack.filter lastack.kernel.. lastack.sockets lastack.options lastack.remedy "
                + "lastack.ports lastack.launch",
    })
    void dependsInOneDirectionOnly(String from, String onto) {
        classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(withTheOutside(onto.split(" ", -1)))
                .check(CORE);
    }

    private static String[] withTheOutside(String... own) {
        String[] all = new String[own.length + ALLOWED_OUTSIDE.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(ALLOWED_OUTSIDE, 0, all, own.length, ALLOWED_OUTSIDE.length);
        return all;
    }

    @Test
    void needsNothingButTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(withTheOutside("lastack.."))
                .check(CORE);
    }

    @Test
    void hasNoCycles() {
        slices().matching("lastack.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void callsTheKernelThroughOneDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lastack.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(CORE);
    }

    @Test
    void linksOneNativeCallAtOneDoor() {
        noClasses()
                .that()
                .haveNameNotMatching("lastack\\.kernel\\.(Linker|Stub)Door.*")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("jdk.internal..")
                .check(CORE);
    }

    @Test
    void attachesToOtherJvmsInOnePlace() {
        noClasses()
                .that()
                .haveNameNotMatching("lastack\\.jvm\\.Attachment.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.tools.attach..")
                .check(CORE);
    }

    @ParameterizedTest
    @CsvSource({"out", "err"})
    void printsNothing(String stream) {
        noClasses().should().accessField(System.class, stream).check(CORE);
    }

    @Test
    void neverExits() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CORE);
    }

    @Test
    void namesThingsByWhatTheyAre() {
        noClasses().should().haveSimpleNameEndingWith("Util").check(CORE);
        noClasses()
                .should()
                .haveNameMatching(".*(Utils|Manager|Impl|Base|Helper)")
                .check(CORE);
    }
}
