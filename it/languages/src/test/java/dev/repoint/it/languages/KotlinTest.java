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

class KotlinTest {

    private static final String ODD = "shop.Till.`with space, and (x) = #1`(int)";

    private static final String SOURCE = """
        @file:Suppress("NOTHING_TO_INLINE")
        package shop

        class Till {
            fun `with space, and (x) = #1`(x: Int): Int = x
            fun `größe`(x: Int): Int = x + 1

            companion object {
                @JvmStatic fun open(x: Int): Int = x * 2
            }
        }

        object Clock {
            var rate: Int = 3
            fun due(x: Int): Int = x * rate
        }

        inline fun twice(x: Int): Int = x * 2

        @JvmInline value class Price(val cents: Int)

        fun total(p: Price): Int = p.cents + 1

        fun seven(till: Till, x: Int): Int = 7

        fun map(all: List<Int>): List<Int> = all.map { it + 1 }

        inline fun shown(all: List<Int>): String = all.toString()

        fun main() {
            while (true) {
                readLine() ?: return
                val till = Till()
                println("${till.`with space, and (x) = #1`(1)} ${till.`größe`(1)} ${Till.open(1)} ${twice(1)}" +
                    " ${Clock.due(1)} ${total(Price(1))}")
            }
        }
        """;

    @TempDir
    private static Path folder;

    private static Path classes;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        classes = Compiler.KOTLIN.compile(folder, "Shop.kt", SOURCE);
    }

    private static Programs program(Path from, String... options) throws IOException {
        String[] arguments = new String[options.length + 3];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = "-cp";
        arguments[options.length + 1] = from + ":" + Compiler.KOTLIN.libraries() + ":" + runtime();
        arguments[options.length + 2] = "shop.ShopKt";
        return Programs.start(arguments);
    }

    private static Path runtime() {
        return Path.of(System.getProperty("repoint.home"), "jvm/runtime/target/repoint-runtime-0.1.0.jar");
    }

    @Test
    void whatSitesPrintsIsTypedToARunningProgram() throws IOException {
        assertThat(repoint("sites", classes.toString(), "--patchable", "shop.Till.*"))
                .contains("\n" + ODD + "  1 site", "\nshop.Till.größe(int)  ");
        try (Programs program = program(classes)) {
            assertThat(program.ask()).isEqualTo("1 2 2 2 3 2");
            assertThat(repoint("set", program.pid(), ODD + "=constant:42", "shop.Till.größe=shop.ShopKt.seven"))
                    .contains(ODD + ": default -> constant:42");
            assertThat(program.ask()).isEqualTo("42 7 2 2 3 2");
            assertThat(repoint("status", program.pid())).contains(ODD + "  constant:42");
            assertThat(repoint("reset", program.pid(), ODD)).contains(ODD + ": constant:42 -> default\n");
            assertThat(program.ask()).isEqualTo("1 7 2 2 3 2");
        }
    }

    @Test
    void theSameKeyIsUnderstoodByWeavingPoliciesAndTheAgent() throws IOException {
        Path woven = folder.resolve("woven");
        repoint("weave", classes.toString(), "-o", woven.toString(), "--patchable", ODD);
        Path policy = Files.writeString(folder.resolve("shop.policy"), ODD + " = constant:5\n");
        try (Programs program = program(woven, "-Drepoint.policy=" + policy)) {
            assertThat(program.ask()).isEqualTo("5 2 2 2 3 2");
        }
        String agent =
                "-javaagent:" + System.getProperty("repoint.home") + "/jvm/agent/target/repoint-agent-0.1.0.jar=";
        try (Programs program = program(classes, agent + "policy=" + ODD + "=constant:6,patchable=shop.**")) {
            assertThat(program.ask()).isEqualTo("6 2 2 2 3 2");
        }
        Path patched = folder.resolve("patched");
        repoint("patch", classes.toString(), ODD + "=constant:8", "-o", patched.toString());
        try (Programs program = program(patched)) {
            assertThat(program.ask()).isEqualTo("8 2 2 2 3 2");
        }
    }

    @Test
    void whatHasNoEffectIsSaid() throws IOException {
        assertThat(repoint("sites", classes.toString(), "--patchable", "shop.ShopKt.twice"))
                .contains("shop.ShopKt.twice(int) is an inline function of Kotlin: shop.ShopKt.main() contains a copy,"
                        + " and this does not change");
        assertThat(repoint("sites", classes.toString(), "--patchable", "shop.ShopKt.shown"))
                .contains("shop.ShopKt.shown(java.util.List) is an inline function of Kotlin");
        assertThat(repoint("sites", classes.toString(), "--patchable", "shop.ShopKt.map"))
                .as("has a copy of an inline function that is called alike")
                .contains("shop.ShopKt.map(java.util.List)")
                .doesNotContain("is an inline function");
        assertThat(repoint(
                        "weave",
                        classes.toString(),
                        "-o",
                        folder.resolve("silent").toString(),
                        "--patchable",
                        "shop.Till.open"))
                .contains("shop.Till.open(int) only forwards to shop.Till$Companion.open(int)");
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(repoint("set", program.pid(), "shop.Till.open=constant:9"))
                    .contains("shop.Till.open(int): default -> constant:9 (only forwards to"
                            + " shop.Till$Companion.open(int),");
            assertThat(program.ask()).isEqualTo("1 2 2 2 3 2");
            repoint("set", program.pid(), "shop.Till$Companion.open=constant:9");
            assertThat(program.ask()).isEqualTo("1 2 9 2 3 2");
            assertThat(repoint("set", program.pid(), "shop.ShopKt.twice=constant:9"))
                    .contains("shop.ShopKt.twice(int): default -> constant:9 (is an inline function of Kotlin: ");
            assertThat(repoint("set", program.pid(), "shop.Clock.getRate=constant:9"))
                    .contains(
                            "shop.Clock.getRate(): default -> constant:9 (only reads the field shop.Clock.rate; ",
                            "shop.Clock.due(int) reads it directly");
        }
    }

    @Test
    void namesAsTheSourceHasThemAreFound() throws IOException {
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(refused("set", program.pid(), "shop.total=constant:1"))
                    .containsPattern("did you mean shop.ShopKt.total-\\w+\\(int\\)");
            assertThat(refused("set", program.pid(), "shop.Till.Companion.open=constant:1"))
                    .contains("did you mean shop.Till$Companion.open(int)");
        }
        assertThat(refused(
                        "weave", classes.toString(), "-o", folder.resolve("x").toString(), "--patchable", "shop.seven"))
                .contains("did you mean shop.ShopKt.seven(shop.Till,int)");
    }
}
