package dev.repoint.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the README says to type is typed, in one shell and in its order, and has to print what the README shows.
class ReadmeTest {

    private static final Path HOME = Path.of(System.getProperty("repoint.home")).toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final String MARK = "---- end of block";

    /// Commands, and what the README shows below them.
    private record Step(String commands, List<String> shown) {}

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void whatTheReadmeSaysToTypePrintsWhatItShows() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cc"))),
                "cc is missing: install the package gcc");
        List<Step> steps = steps();
        assertThat(steps).hasSizeGreaterThanOrEqualTo(4);

        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        steps.forEach(step -> script.append(step.commands).append("echo '").append(MARK).append("'\n"));
        Path log = Files.createTempFile("readme", ".log");
        Process shell = new ProcessBuilder("bash", "-c", script.toString())
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(shell.waitFor(2, TimeUnit.MINUTES)).as("the commands end").isTrue();
        String printed = Files.readString(log);
        assertThat(shell.exitValue()).as(printed).isZero();

        String[] outputs = printed.split(Pattern.quote(MARK) + "\n");
        assertThat(outputs).hasSize(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).shown).as("what the README shows below%n%s", steps.get(i).commands).isNotEmpty();
            assertThat(outputs[i].lines().toList())
                    .as("what this prints:%n%s", steps.get(i).commands)
                    .containsSubsequence(steps.get(i).shown);
        }
        Files.delete(log);
    }

    @Test
    void theLinesForMavenAreThoseOfTheExample() throws IOException {
        List<String> shown = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(HOME.resolve("README.md")));
        while (blocks.find()) {
            if (blocks.group(1).equals("xml")) {
                shown.addAll(blocks.group(2).lines().map(String::strip).toList());
            }
        }
        assertThat(shown).hasSize(10);
        assertThat(Files.readAllLines(HOME.resolve("examples/maven-adoption/pom.xml")).stream().map(String::strip))
                .containsSequence(shown);
    }

    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(HOME.resolve("README.md")));
        boolean typed = false;
        while (blocks.find()) {
            String text = blocks.group(2);
            switch (blocks.group(1)) {
                case "sh" -> {
                    // The two commands that do everything: this test is run by one, the demo has a test of its own.
                    typed = !text.contains("mvn verify");
                    if (typed) {
                        steps.add(new Step(text, new ArrayList<>()));
                    }
                }
                case "" -> {
                    if (typed) {
                        steps.getLast().shown.addAll(text.lines().toList());
                    }
                }
                default -> typed = false;
            }
        }
        return steps;
    }
}
