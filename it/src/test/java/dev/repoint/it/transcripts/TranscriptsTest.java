package dev.repoint.it.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What README and the other documents say to type is typed, and has to print what they show.
///
/// The README of the project, and those of the examples, are typed in the checkout, in their order. Each other
/// page is typed in a folder of its own, after the script of its name in `src/test/transcripts` has made the
/// files and processes of which it speaks. Both kinds are typed at the same time.
class TranscriptsTest {

    private static final Path HOME =
            Path.of(System.getProperty("repoint.home")).toAbsolutePath().normalize();
    private static final Path SCRIPTS = HOME.resolve("it/src/test/transcripts");

    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicContainer> whatADocumentSaysToTypePrintsWhatItShows() throws Exception {
        List<Page> inCheckout = new ArrayList<>();
        List<Page> inOwnFolder = new ArrayList<>();
        for (Path file : documents()) {
            Page page = Page.read(file);
            if (!page.sections().isEmpty()) {
                (isInCheckout(page) ? inCheckout : inOwnFolder).add(page);
            }
        }
        assertThat(inCheckout).isNotEmpty();
        assertThat(inOwnFolder).hasSizeGreaterThanOrEqualTo(3);
        try (ExecutorService typists = Executors.newFixedThreadPool(2)) {
            Future<List<DynamicContainer>> one = typists.submit(() -> typed(inCheckout));
            Future<List<DynamicContainer>> other = typists.submit(() -> typed(inOwnFolder));
            return Stream.concat(one.get().stream(), other.get().stream());
        }
    }

    private static List<DynamicContainer> typed(List<Page> pages) throws IOException, InterruptedException {
        List<DynamicContainer> containers = new ArrayList<>();
        for (Page page : pages) {
            containers.add(DynamicContainer.dynamicContainer(
                    HOME.relativize(page.file()).toString(), typed(page).stream()));
        }
        return containers;
    }

    private static List<DynamicTest> typed(Page page) throws IOException, InterruptedException {
        String script = script(page);
        List<Tool> needed = Section.toolsOf(script);
        boolean prepared = needed.stream().allMatch(Tool::isInstalled);
        List<Step> steps = page.sections().stream()
                .filter(section -> prepared && section.canBeTyped())
                .flatMap(section -> section.steps().stream())
                .toList();
        Typist.Result result = Typist.type(HOME, place(page), prepared ? script : "", steps);
        return page.sections().stream()
                .map(section -> DynamicTest.dynamicTest(
                        section.title().isEmpty() ? "(at the top)" : section.title(),
                        () -> check(section, needed, result)))
                .toList();
    }

    private static void check(Section section, List<Tool> needed, Typist.Result result) {
        needed.forEach(Tool::required);
        section.needs().forEach(Tool::required);
        for (Step step : section.steps()) {
            String printed = result.printed().get(step);
            assertThat(printed)
                    .as("line %d: this has ended with 0%n%s%n%s", step.line(), step.commands(), result.errors())
                    .isNotNull();
            assertThat(step.shows(printed))
                    .as(
                            "line %d: this%n%s%nprints%n%s%nand not what is shown:%n%s",
                            step.line(), step.commands(), printed, step.shown())
                    .isTrue();
        }
    }

    private static Path place(Page page) throws IOException {
        return isInCheckout(page) ? HOME : Files.createDirectories(folder.resolve(name(page)));
    }

    private static boolean isInCheckout(Page page) {
        return page.file().endsWith("README.md");
    }

    private static String script(Page page) throws IOException {
        Path script = SCRIPTS.resolve(name(page) + ".sh");
        return Files.exists(script) ? Files.readString(script) : "";
    }

    private static String name(Page page) {
        String name = HOME.relativize(page.file()).toString().replace('/', '-');
        return name.substring(0, name.length() - ".md".length());
    }

    private static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>(List.of(HOME.resolve("README.md")));
        for (String below : List.of("docs", "examples")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(below), 2)) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .sorted(Comparator.naturalOrder())
                        .forEach(all::add);
            }
        }
        return all;
    }

    @Test
    void theLinesForMavenAreThoseOfTheExample() throws IOException {
        Matcher block = Pattern.compile("(?ms)^```xml\\n(.*?)^```$")
                .matcher(Files.readString(HOME.resolve("docs/quick-starts.md")));
        assertThat(block.find()).isTrue();
        List<String> shown = block.group(1).lines().map(String::strip).toList();
        assertThat(shown).hasSize(10);
        assertThat(Files.readAllLines(HOME.resolve("examples/maven-adoption/pom.xml")).stream()
                        .map(String::strip))
                .containsSequence(shown);
    }
}
