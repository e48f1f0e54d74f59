package dev.repoint.it.languages;

import static dev.repoint.it.languages.Programs.refused;
import static dev.repoint.it.languages.Programs.repoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroovyTest {

    private static final String SOURCE = """
        package kiosk

        import groovy.transform.CompileStatic

        class Till {
            int rate = 3
            int due(int x) { x * rate }
            def loose(x) { "loose $x" }
            int "price of one"(int x) { x }
            int greet(int x, int times = 2) { x * times }
            static int open(int x) { x + 1 }
            Till plus(Till other) { new Till(rate: rate + other.rate) }
            private int hidden(int x) { x }
            int shown(int x) { hidden(x) }

            @CompileStatic
            int still(int x) { due(x) }

            static void main(String[] args) {
                def till = new Till()
                def name = "due"
                def closure = { int x -> x + 100 }
                till.metaClass.replaced = { int x -> -x }
                System.in.eachLine {
                    println "${till.due(1)} ${till."$name"(2)} ${till.loose(1)} ${till.'price of one'(1)} ${till.greet(1)}" +
                        " ${Till.open(1)} ${(till + till).rate} ${till.shown(1)} ${till.still(1)}" +
                        " ${[1, 2].collect(till.&due)} ${closure(1)} ${till.replaced(1)}"
                }
            }
        }
        """;

    private static final String PLAIN = "3 6 loose 1 1 2 2 6 1 3 [3, 6] 101 -1";

    @TempDir
    private static Path folder;

    private static Path classes;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        classes = Compiler.GROOVY.compile(folder, "Till.groovy", SOURCE);
    }

    private static Programs program(Path from, String... options) throws IOException {
        return Compiler.GROOVY.start("kiosk.Till", from, options);
    }

    @Test
    void everyWayToCallAMethodReachesItsTarget() throws IOException {
        try (Programs program = program(classes)) {
            for (int i = 0; i < 3; i++) { // what a call site has found, it keeps
                assertThat(program.ask()).isEqualTo(PLAIN);
            }
            assertThat(repoint(
                            "set",
                            program.pid(),
                            "kiosk.Till.due=constant:7",
                            "kiosk.Till.loose=constant:null",
                            "kiosk.Till.`price of one`=constant:8",
                            "kiosk.Till.open=constant:9",
                            "kiosk.Till.hidden=constant:5"))
                    .contains(
                            "kiosk.Till.due(int): default -> constant:7\n",
                            "kiosk.Till.loose(java.lang.Object): default -> constant:null\n",
                            "kiosk.Till.`price of one`(int): default -> constant:8\n",
                            "kiosk.Till.open(int): default -> constant:9\n",
                            "kiosk.Till.hidden(int): default -> constant:5\n");
            assertThat(program.ask()).isEqualTo("7 7 null 8 2 9 6 5 7 [7, 7] 101 -1");
            repoint("reset", program.pid());
            assertThat(program.ask()).isEqualTo(PLAIN);
        }
    }

    @Test
    void aDefaultArgumentMakesMethodsThatTheErrorLists() throws IOException {
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(refused("set", program.pid(), "kiosk.Till.greet=constant:1"))
                    .contains("kiosk.Till.greet is ambiguous; name one of kiosk.Till.greet(int),"
                            + " kiosk.Till.greet(int,int)");
            repoint("set", program.pid(), "kiosk.Till.greet(int,int)=constant:40");
            assertThat(program.ask()).isEqualTo(PLAIN.replace("1 1 2 2 6", "1 1 40 2 6"));
        }
    }

    @Test
    void operatorsAreTheMethodsOfTheirNames() throws IOException {
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(refused("set", program.pid(), "kiosk.Till.+=constant:null"))
                    .contains("kiosk.Till.+");
            repoint("set", program.pid(), "kiosk.Till.plus=constant:null");
            assertThat(repoint("status", program.pid())).contains("kiosk.Till.plus(kiosk.Till)  constant:null");
        }
    }

    @Test
    void whatTheMetaClassReplacesHasNoMethodToPatch() throws IOException {
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(refused("set", program.pid(), "kiosk.Till.replaced=constant:1"))
                    .contains("there is no method kiosk.Till.replaced");
        }
    }

    @Test
    void aWovenClassFollowsItsPolicy() throws IOException {
        Path woven = folder.resolve("woven");
        repoint(
                "weave",
                classes.toString(),
                "-o",
                woven.toString(),
                "--patchable",
                "kiosk.Till.due",
                "--patchable",
                "kiosk.Till.open");
        Path policy = Files.writeString(
                folder.resolve("till.policy"), "kiosk.Till.due = constant:4\nkiosk.Till.open = constant:5\n");
        try (Programs program = program(woven, "-Drepoint.policy=" + policy)) {
            assertThat(program.ask()).isEqualTo("4 4 loose 1 1 2 5 6 1 4 [4, 4] 101 -1");
        }
        String agent =
                "-javaagent:" + System.getProperty("repoint.home") + "/jvm/agent/target/repoint-agent-0.1.0.jar=";
        try (Programs program = program(classes, agent + "policy=kiosk.Till.due=constant:6")) {
            assertThat(program.ask()).isEqualTo("6 6 loose 1 1 2 2 6 1 6 [6, 6] 101 -1");
        }
    }
}
