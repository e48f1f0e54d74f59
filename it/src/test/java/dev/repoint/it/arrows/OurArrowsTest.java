package dev.repoint.it.arrows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows between our rooms, as our class files have them: `agent, maven-plugin -> weaver -> runtime`,
/// `junit -> runtime`, `linux -> machine -> elf`, `cli -> weaver, linux, machine, elf`, and from `cli` to the
/// one package of the agent that holds the protocol. Neither half refers to the other. Nothing refers to
/// `bench`, `it` or `examples`, because no row names them.
///
/// Inside a room no two files need each other, and no two packages.
class OurArrowsTest {

    private static final String JSPECIFY = "org.jspecify.annotations";

    private static final String API = "dev.repoint";
    private static final String API_OF_JMX = "dev.repoint.jmx";

    private static final List<String> FLOORS = List.of(
            "dev.repoint.internal.agent",
            "dev.repoint.internal.classfile",
            "dev.repoint.shape",
            "dev.repoint.internal.report",
            "dev.repoint.internal.point",
            "dev.repoint.internal.targets",
            "dev.repoint.internal.jmx",
            "dev.repoint.internal.policy",
            "dev.repoint.link");

    // What each of its packages may use says the order of its floors.
    private static final Room RUNTIME = new Room(
            "runtime",
            "jvm/runtime",
            List.of(API, API_OF_JMX, "dev.repoint.link", "dev.repoint.shape", "dev.repoint.internal.**", JSPECIFY),
            Optional.of(Set.of("java.base", "jdk.jfr", "java.management")));

    private static final Room WEAVER = new Room(
            "weaver",
            "jvm/weaver",
            List.of(
                    "dev.repoint.weaver.**",
                    "dev.repoint",
                    "dev.repoint.shape",
                    "dev.repoint.internal.agent",
                    "dev.repoint.internal.classfile",
                    "dev.repoint.internal.policy",
                    "dev.repoint.internal.report",
                    "dev.repoint.internal.targets",
                    JSPECIFY),
            Optional.of(Set.of("java.base")));

    private static final Room AGENT = new Room(
            "agent",
            "jvm/agent",
            List.of(
                    "dev.repoint.agent.**",
                    "dev.repoint.weaver",
                    "dev.repoint.weaver.direct",
                    "dev.repoint.weaver.scan",
                    "dev.repoint.weaver.splice",
                    "dev.repoint.weaver.weave",
                    "dev.repoint",
                    "dev.repoint.link",
                    "dev.repoint.shape",
                    "dev.repoint.internal.agent",
                    "dev.repoint.internal.classfile",
                    "dev.repoint.internal.point",
                    "dev.repoint.internal.policy",
                    "dev.repoint.internal.report",
                    "dev.repoint.internal.targets",
                    JSPECIFY),
            Optional.empty());

    private static final Room JUNIT = new Room(
            "junit",
            "jvm/junit",
            List.of(
                    "dev.repoint.junit",
                    "dev.repoint",
                    "org.junit.jupiter.api.**",
                    "org.junit.platform.commons.support",
                    JSPECIFY),
            Optional.empty());

    private static final Room SPRING = new Room(
            "Spring Boot starter",
            "jvm/spring-boot-starter",
            List.of(
                    "dev.repoint.spring",
                    "dev.repoint",
                    "dev.repoint.jmx",
                    "org.springframework.**",
                    "io.micrometer.core.instrument.**",
                    JSPECIFY),
            Optional.empty());

    private static final Room OPENTELEMETRY = new Room(
            "OpenTelemetry",
            "jvm/opentelemetry",
            List.of("dev.repoint.opentelemetry", "dev.repoint", "io.opentelemetry.api.**", JSPECIFY),
            Optional.empty());

    private static final Room OPENFEATURE = new Room(
            "OpenFeature",
            "jvm/openfeature",
            List.of("dev.repoint.openfeature", "dev.repoint", "dev.openfeature.sdk.**", JSPECIFY),
            Optional.empty());

    // The weaver is a process of its own to the plugins: no class of it is used.
    private static final Room PLUGIN_CORE = new Room(
            "core of build plugins",
            "jvm/plugin-core",
            List.of("dev.repoint.plugin", "com.google.gson", JSPECIFY),
            Optional.empty());

    private static final Room GRADLE_PLUGIN = new Room(
            "Gradle plugin",
            "jvm/gradle-plugin",
            List.of("dev.repoint.gradle", "dev.repoint.plugin", "org.gradle.**", "javax.inject", JSPECIFY),
            Optional.empty());

    private static final Room MAVEN_PLUGIN = new Room(
            "Maven plugin",
            "jvm/maven-plugin",
            List.of("dev.repoint.maven", "dev.repoint.plugin", "org.apache.maven.**", "javax.inject", JSPECIFY),
            Optional.empty());

    private static final Room ELF = new Room(
            "elf",
            "native/elf",
            List.of("dev.repoint.elf.**", "org.tukaani.xz", JSPECIFY),
            Optional.of(Set.of("java.base")));

    private static final Room MACHINE = new Room(
            "machine",
            "native/machine",
            List.of(
                    "dev.repoint.machine.**",
                    "dev.repoint.elf",
                    "dev.repoint.elf.dwarf",
                    "dev.repoint.elf.file",
                    "dev.repoint.elf.function",
                    "dev.repoint.elf.segment",
                    JSPECIFY),
            Optional.of(Set.of("java.base")));

    private static final Room LINUX = new Room(
            "linux",
            "native/linux",
            List.of(
                    "dev.repoint.linux.**",
                    "dev.repoint.machine.**",
                    "dev.repoint.elf",
                    "dev.repoint.elf.dwarf",
                    "dev.repoint.elf.file",
                    "dev.repoint.elf.function",
                    JSPECIFY),
            Optional.of(Set.of("java.base")));

    private static final Room STRESS = new Room(
            "stress",
            "native/stress",
            List.of(
                    "dev.repoint.stress",
                    "dev.repoint.linux.call",
                    "dev.repoint.linux.platform",
                    "dev.repoint.linux.poke",
                    "dev.repoint.linux.processor",
                    "dev.repoint.machine",
                    "dev.repoint.machine.instruction",
                    "dev.repoint.elf",
                    JSPECIFY),
            Optional.of(Set.of("java.base")));

    private static final Room CLI = new Room(
            "cli",
            "cli",
            List.of(
                    "dev.repoint.cli.**",
                    "dev.repoint.agent.control",
                    "dev.repoint.agent.trace",
                    "dev.repoint.weaver.**",
                    "dev.repoint",
                    "dev.repoint.internal.report",
                    "dev.repoint.linux",
                    "dev.repoint.linux.process",
                    "dev.repoint.stress",
                    "dev.repoint.machine.**",
                    "dev.repoint.elf",
                    "dev.repoint.elf.file",
                    "dev.repoint.elf.function",
                    JSPECIFY,
                    "picocli"),
            Optional.empty());

    private static final Room DEMO = new Room(
            "demo service",
            "examples/demo-service",
            List.of("dev.repoint.demo.**", "org.apache.commons.codec.**", JSPECIFY),
            Optional.empty());

    static List<Room> rooms() {
        return List.of(
                RUNTIME,
                WEAVER,
                AGENT,
                JUNIT,
                SPRING,
                OPENTELEMETRY,
                OPENFEATURE,
                PLUGIN_CORE,
                MAVEN_PLUGIN,
                GRADLE_PLUGIN,
                ELF,
                MACHINE,
                LINUX,
                STRESS,
                CLI,
                DEMO);
    }

    /// Files that need each other, and why. The list only shrinks.
    private static final Map<String, List<Set<String>>> CYCLES = Map.of(
            // An annotation that may be repeated names its container, which holds it.
            RUNTIME.name(),
            List.of(Set.of("dev.repoint.Offer", "dev.repoint.Offers")),
            // The interface opens a file by its format.
            WEAVER.name(),
            List.of(Set.of(
                    "dev.repoint.weaver.archive.ApplicationContents",
                    "dev.repoint.weaver.archive.Contents",
                    "dev.repoint.weaver.archive.DirectoryContents",
                    "dev.repoint.weaver.archive.JarContents",
                    "dev.repoint.weaver.archive.SingleClass",
                    "dev.repoint.weaver.archive.WholeContents")),
            // An annotation of JUnit names its extension, which reads the annotation.
            JUNIT.name(),
            List.of(Set.of("dev.repoint.junit.Retarget", "dev.repoint.junit.RetargetExtension")),
            // Names hold types, types hold expressions, and these hold names: so says the grammar. What is written
            // knows the arguments of the templates around it.
            MACHINE.name(),
            List.of(
                    Set.of(
                            "dev.repoint.machine.mangling.ItaniumExpressions",
                            "dev.repoint.machine.mangling.ItaniumNames",
                            "dev.repoint.machine.mangling.ItaniumSpecials",
                            "dev.repoint.machine.mangling.ItaniumSubstitutions",
                            "dev.repoint.machine.mangling.ItaniumTypes"),
                    Set.of("dev.repoint.machine.mangling.Node", "dev.repoint.machine.mangling.Output"),
                    Set.of("dev.repoint.machine.mangling.RustNames", "dev.repoint.machine.mangling.RustTypes")));

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomRefersOnlyToWhatItsRowAllows(Room room) {
        List<ClassModel> classes = ClassFolder.of(room);
        assertThat(classes).as("class files of " + room.name()).isNotEmpty();
        assertThat(Arrows.violations(room, classes)).isEmpty();
    }

    /// But for the interface of the runtime: its values are used by what stands behind it.
    @ParameterizedTest
    @MethodSource("rooms")
    void noTwoPackagesOfARoomNeedEachOther(Room room) {
        List<ClassModel> classes = ClassFolder.of(room).stream()
                .filter(each ->
                        !room.equals(RUNTIME) || !Set.of(API, API_OF_JMX).contains(packageOf(each)))
                .toList();
        assertThat(PackageCycles.shortest(classes)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void noTwoFilesOfARoomNeedEachOtherButThoseThatAreNamed(Room room) {
        assertThat(FileCycles.of(ClassFolder.of(room)))
                .containsExactlyElementsOf(CYCLES.getOrDefault(room.name(), List.of()));
    }

    /// The floors of the runtime, the lowest first. Each refers to those below it, and to values of the interface.
    static Stream<Arguments> floors() {
        return IntStream.rangeClosed(1, FLOORS.size()).mapToObj(i -> Arguments.of(FLOORS.subList(0, i)));
    }

    @ParameterizedTest
    @MethodSource("floors")
    void aPackageOfTheRuntimeRefersOnlyToThoseBelowIt(List<String> floors) {
        List<String> allowed = new ArrayList<>(floors);
        allowed.addAll(List.of(API, API_OF_JMX, JSPECIFY));
        assertThat(violations(RUNTIME, floors.getLast(), allowed)).isEmpty();
    }

    @Test
    void theFloorsAreAllPackagesOfTheRuntime() {
        List<String> all = new ArrayList<>(FLOORS);
        all.addAll(List.of(API, API_OF_JMX));
        assertThat(ClassFolder.of(RUNTIME).stream()
                        .map(OurArrowsTest::packageOf)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(all);
    }

    /// Inside the room of machine code: `plan -> table -> site -> instruction` and `plan -> diversion -> entry ->
    /// instruction`, with `plan -> choice` between sites and the entry, and architectures know only that last one. Names in symbols are read by a package that knows no other.
    @ParameterizedTest
    @CsvSource({
        "instruction, ''",
        "x86_64, instruction",
        "aarch64, instruction",
        "trap, ''",
        "trap.aarch64, trap",
        "trap.x86_64, trap",
        "mangling, ''",
        "entry, instruction",
        "diversion, entry instruction",
        "site, instruction mangling",
        "function, mangling site",
        "table, instruction site",
        "type, ''",
        "choice, entry instruction site",
        "plan, choice diversion entry function instruction mangling site table type"
    })
    void aPackageOfMachineCodeRefersOnlyToThoseBelowIt(String name, String below) {
        String all = "dev.repoint.machine";
        List<String> allowed = new ArrayList<>(List.of(
                all + "." + name, "dev.repoint.elf", "dev.repoint.elf.dwarf", "dev.repoint.elf.file", JSPECIFY));
        // Where the architecture is chosen: for those who need one and are none.
        if (List.of("entry", "site", "table", "plan").contains(name)) {
            allowed.add(all);
        }
        if (List.of("function", "plan", "type").contains(name)) {
            allowed.add("dev.repoint.elf.function");
        }
        if (name.equals("diversion")) {
            allowed.add("dev.repoint.elf.segment");
        }
        Arrays.stream(below.split(" ")).forEach(each -> allowed.add(all + "." + each));
        assertThat(violations(MACHINE, all + "." + name, allowed)).isEmpty();
    }

    /// What a package of a room refers to and may not.
    private static List<String> violations(Room of, String itsPackage, List<String> allowed) {
        Room room = new Room(itsPackage, of.folder(), allowed, of.jdkModules());
        List<ClassModel> classes = ClassFolder.of(of).stream()
                .filter(each -> packageOf(each).equals(itsPackage))
                .toList();
        assertThat(classes).as("class files of " + itsPackage).isNotEmpty();
        return Arrows.violations(room, classes);
    }

    private static String packageOf(ClassModel classFile) {
        return Arrows.packageOf(Arrows.nameOf(classFile));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void noModuleNeedsJSpecifyAtRunTime(Room room) throws IOException {
        var descriptor = ClassFolder.of(room.folder()).resolve("module-info.class");
        if (!Files.exists(descriptor)) {
            assertThat(room)
                    .as("the only rooms that are no modules")
                    .isIn(DEMO, PLUGIN_CORE, MAVEN_PLUGIN, GRADLE_PLUGIN, SPRING, OPENTELEMETRY, OPENFEATURE);
            return;
        }
        try (InputStream bytes = Files.newInputStream(descriptor)) {
            assertThat(ModuleDescriptor.read(bytes).requires())
                    .filteredOn(needed -> needed.name().equals("org.jspecify"))
                    .allMatch(needed -> needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC));
        }
    }
}
