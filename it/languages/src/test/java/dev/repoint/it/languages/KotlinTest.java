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

        import kotlin.coroutines.Continuation
        import kotlin.coroutines.EmptyCoroutineContext
        import kotlin.coroutines.startCoroutine

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

        class Both {
            fun kind(): Int = 1

            companion object {
                fun kind(): Int = 2
            }
        }

        fun greeting(name: String, times: Int = 2): String = name.repeat(times)

        fun String.shout(): String = uppercase() + "!"

        fun String.cry(): String = this + "?"

        suspend fun fetch(x: Int): Int = x + 1

        suspend fun fetchLater(x: Int): Int = x + 70

        fun over(x: Int): Int = x

        fun over(x: String): Int = x.length

        var level = 4

        class Note {
            internal fun hidden(x: Int): Int = x

            @JvmName("renamed") fun original(x: Int): Int = x
        }

        @JvmInline value class Weight(val grams: Int) {
            fun doubled(): Int = grams * 2
        }

        object Site {
            lateinit var name: String

            @field:dev.repoint.Patchable var limit: Int = 3

            fun reach(x: Int): Int = x * limit
        }

        fun <T> now(block: suspend () -> T): T {
            var result: Result<T>? = null
            block.startCoroutine(Continuation(EmptyCoroutineContext) { result = it })
            return result!!.getOrThrow()
        }

        object Kinds {
            @JvmStatic fun main(args: Array<String>) {
                Site.name = "home"
                while (true) {
                    readLine() ?: return
                    println("${greeting("a")} ${"a".shout()} ${now { fetch(1) }} ${Note().hidden(1)}" +
                        " ${Weight(2).doubled()} ${Both.kind()}${Both().kind()} ${Site.name} ${Site.reach(1)} $level")
                }
            }
        }

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
        return program("shop.ShopKt", from, options);
    }

    private static Programs program(String main, Path from, String... options) throws IOException {
        return Compiler.KOTLIN.start(main, from, options);
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
        assertThat(repoint("sites", classes.toString(), "--patchable", "shop.ShopKt.twice(int)"))
                .contains("shop.ShopKt.twice(int) is an inline function of Kotlin: shop.ShopKt.main() contains a copy,"
                        + " and this does not change");
        assertThat(repoint("sites", classes.toString(), "--patchable", "shop.ShopKt.shown(List)"))
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
                        "shop.Till.open(int)"))
                .contains("shop.Till.open(int) only forwards to shop.Till$Companion.open(int)");
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(repoint("set", program.pid(), "shop.Till.open(int)=constant:9"))
                    .contains("shop.Till.open(int): default -> constant:9 (only forwards to"
                            + " shop.Till$Companion.open(int),");
            assertThat(program.ask()).isEqualTo("1 2 2 2 3 2");
            repoint("set", program.pid(), "shop.Till$Companion.open=constant:9");
            assertThat(program.ask()).isEqualTo("1 2 9 2 3 2");
            assertThat(repoint("set", program.pid(), "shop.ShopKt.twice(int)=constant:9"))
                    .contains("shop.ShopKt.twice(int): default -> constant:9 (is an inline function of Kotlin: ");
            assertThat(repoint("set", program.pid(), "shop.Clock.getRate=constant:9"))
                    .contains(
                            "shop.Clock.getRate(): default -> constant:9 (only reads the field shop.Clock.rate; ",
                            "shop.Clock.due(int) reads it directly");
        }
    }

    @Test
    void keysAsTheSourceHasThemAreUnderstoodAndToldBackAsTheClassFileHasThem() throws IOException {
        try (Programs program = program("shop.Kinds", classes)) {
            assertThat(program.ask()).isEqualTo("aa A! 2 1 4 21 home 3 4");
            assertThat(repoint(
                            "set",
                            program.pid(),
                            "shop.greeting=constant:b",
                            "shop.shout=constant:B",
                            "shop.fetch=shop.ShopKt.fetchLater",
                            "shop.Note.hidden=constant:6",
                            "shop.Weight.doubled=constant:7",
                            "shop.Site.reach=constant:8",
                            "shop.level=constant:9"))
                    .contains(
                            "shop.ShopKt.greeting(java.lang.String,int): default -> constant:b\n",
                            "shop.ShopKt.shout(java.lang.String): default -> constant:B\n",
                            "shop.ShopKt.fetch(int,kotlin.coroutines.Continuation): default -> shop.ShopKt.fetchLater",
                            "shop.Note.hidden$main(int): default -> constant:6\n",
                            "shop.Weight.doubled-impl(int): default -> constant:7\n",
                            "shop.Site.reach(int): default -> constant:8\n",
                            "shop.ShopKt.level: default -> constant:9");
            assertThat(program.ask()).isEqualTo("b B 71 6 7 21 home 8 9");
            assertThat(repoint("reset", program.pid(), "shop.greeting", "shop.fetch", "shop.Weight.doubled"))
                    .contains("shop.ShopKt.greeting(java.lang.String,int): constant:b -> default");
            assertThat(program.ask()).isEqualTo("aa B 2 6 4 21 home 8 9");
        }
    }

    @Test
    void theKeyOfACompanionMeansItsMethodAndNotTheOneThatForwards() throws IOException {
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(repoint("set", program.pid(), "shop.Till.open=constant:9", "shop.total=constant:5"))
                    .contains("shop.Till$Companion.open(int): default -> constant:9\n")
                    .containsPattern("shop.ShopKt.total-\\w+\\(int\\): default -> constant:5\\n");
            assertThat(program.ask()).isEqualTo("1 2 9 2 3 5");
            assertThat(repoint("set", program.pid(), "shop.Till.Companion.open=constant:8"))
                    .contains("shop.Till$Companion.open(int): constant:9 -> constant:8\n");
            assertThat(program.ask()).isEqualTo("1 2 8 2 3 5");
        }
    }

    @Test
    void aKeyOfTheSourceIsUnderstoodInFilesInPoliciesAndInOptionsOfTheAgent() throws IOException {
        String agent =
                "-javaagent:" + System.getProperty("repoint.home") + "/jvm/agent/target/repoint-agent-0.1.0.jar=";
        assertThat(repoint("sites", classes.toString(), "--patchable", "shop.shout", "--patchable", "shop.Till.open"))
                .contains("shop.ShopKt.shout(java.lang.String)", "shop.Till$Companion.open(int)")
                .doesNotContain("\nshop.Till.open(int)");
        Path woven = folder.resolve("woven-by-source");
        repoint(
                "weave",
                classes.toString(),
                "-o",
                woven.toString(),
                "--patchable",
                "shop.shout",
                "--patchable",
                "shop.Till.open",
                "--patchable",
                "shop.total");
        Path policy = Files.writeString(
                folder.resolve("source.policy"),
                "shop.shout = constant:P\nshop.Till.open = constant:5\nshop.total = constant:6\n");
        try (Programs program = program("shop.Kinds", woven, "-Drepoint.policy=" + policy)) {
            assertThat(program.ask()).isEqualTo("aa P 2 1 4 21 home 3 4");
        }
        try (Programs program = program(woven, "-Drepoint.policy=" + policy)) {
            assertThat(program.ask()).isEqualTo("1 2 5 2 3 6");
        }
        try (Programs program =
                program(classes, agent + "policy=shop.Till.open=constant:7,policy=shop.total=constant:8")) {
            assertThat(program.ask()).isEqualTo("1 2 7 2 3 8");
        }
        Path patched = folder.resolve("patched-by-source");
        assertThat(repoint("patch", classes.toString(), "shop.Till.open=constant:3", "-o", patched.toString()))
                .contains("shop.Till$Companion.open(int) -> constant:3\n");
        Path direct = folder.resolve("direct-by-source");
        assertThat(repoint(
                        "patch", "--direct", classes.toString(), "shop.shout=shop.ShopKt.cry", "-o", direct.toString()))
                .contains("shop.ShopKt.shout(java.lang.String)");
        try (Programs program = program(patched)) {
            assertThat(program.ask()).isEqualTo("1 2 3 2 3 2");
        }
        try (Programs program = program("shop.Kinds", direct)) {
            assertThat(program.ask()).isEqualTo("aa a? 2 1 4 21 home 3 4");
        }
    }

    @Test
    void fieldsThatTheSourceAnnotatesOrSetsLateArePatched() throws IOException {
        Path woven = folder.resolve("woven-fields");
        repoint("weave", classes.toString(), "-o", woven.toString());
        try (Programs program = program("shop.Kinds", woven)) {
            program.ask();
            assertThat(repoint("set", program.pid(), "shop.Site.limit=constant:30", "shop.Site.name=constant:away"))
                    .contains("shop.Site.limit: default -> constant:30", "shop.Site.name: default -> constant:away");
            assertThat(program.ask()).isEqualTo("aa A! 2 1 4 21 away 30 4");
        }
    }

    @Test
    void aKeyThatMeansSeveralMethodsIsRefusedWithAllOfThem() throws IOException {
        try (Programs program = program("shop.Kinds", classes)) {
            program.ask();
            assertThat(refused("set", program.pid(), "shop.over=constant:1"))
                    .contains("shop.over is ambiguous; name one of shop.ShopKt.over(int),"
                            + " shop.ShopKt.over(java.lang.String)");
            assertThat(refused("set", program.pid(), "shop.Both.kind=constant:1"))
                    .contains("shop.Both.kind is ambiguous; name one of shop.Both.kind(), shop.Both$Companion.kind()");
            repoint("set", program.pid(), "shop.Both.kind()=constant:5");
            assertThat(program.ask()).isEqualTo("aa A! 2 1 4 25 home 3 4");
        }
        assertThat(refused(
                        "patch",
                        classes.toString(),
                        "shop.over=constant:1",
                        "-o",
                        folder.resolve("x").toString()))
                .contains("shop.over is ambiguous; name one of shop.ShopKt.over(int),"
                        + " shop.ShopKt.over(java.lang.String)");
    }

    @Test
    void anInlineFunctionIsRefusedByItsName() throws IOException {
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(refused("set", program.pid(), "shop.twice=constant:1"))
                    .contains("shop.ShopKt.twice(int) is an inline function of Kotlin: its callers contain copies");
        }
        assertThat(refused(
                        "patch",
                        classes.toString(),
                        "shop.twice=constant:1",
                        "-o",
                        folder.resolve("x").toString()))
                .contains("shop.ShopKt.twice(int) is an inline function of Kotlin: its callers contain copies");
        assertThat(repoint("sites", classes.toString(), "--patchable", "shop.twice"))
                .contains("is an inline function of Kotlin: its callers contain copies");
    }

    @Test
    void aNameThatNeitherTheSourceNorTheClassFileHasIsRefusedWithTheNearest() throws IOException {
        try (Programs program = program(classes)) {
            program.ask();
            assertThat(refused("set", program.pid(), "shop.total(int)=constant:1"))
                    .containsPattern("did you mean shop.ShopKt.total-\\w+\\(int\\)");
            assertThat(refused("set", program.pid(), "shop.Note.original=constant:1"))
                    .contains("there is no method shop.Note.original");
        }
    }
}
