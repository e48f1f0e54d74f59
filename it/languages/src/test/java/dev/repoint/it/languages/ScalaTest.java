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

class ScalaTest {

    private static final String SOURCE = """
        package bazaar

        object Till:
          def open(x: Int): Int = x * 2

        class Money(val n: Int):
          def +(o: Money): Money = Money(n + o.n)
          def `with space`(x: Int): Int = x

        def top(x: Int): Int = x + 1

        trait Greets:
          def greet(x: Int): Int = x + 10

        class Plain extends Greets

        class Own extends Greets:
          override def greet(x: Int): Int = x + 20

        object Outer:
          object Inner:
            def deep(x: Int): Int = x * 3

        extension (x: Int) def doubled: Int = x * 2

        def many(x: Int, times: Int = 2): Int = x * times

        case class Twin(n: Int):
          def kind: Int = 1

        object Twin:
          def kind: Int = 2

        class Ratio(val n: Int):
          def /(o: Ratio): Ratio = Ratio(n / o.n)
          def ::(o: Int): Int = n + o

        @main def kinds(): Unit =
          while scala.io.StdIn.readLine() != null do
            println(s"${Plain().greet(1)} ${Own().greet(1)} ${Outer.Inner.deep(1)} ${2.doubled} ${many(3)}" +
              s" ${Twin.kind}${Twin(1).kind} ${(Ratio(4) / Ratio(2)).n} ${1 :: Ratio(2)}")

        @main def run(): Unit =
          while scala.io.StdIn.readLine() != null do
            println(s"${Till.open(1)} ${(Money(1) + Money(2)).n} ${top(1)} ${Money(1).`with space`(1)}")
        """;

    @TempDir
    private static Path folder;

    private static Path classes;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        classes = Compiler.SCALA.compile(folder, "Shop.scala", SOURCE);
    }

    private static Programs program() throws IOException {
        return program("bazaar.run", classes);
    }

    private static Programs program(String main, Path from, String... options) throws IOException {
        return Compiler.SCALA.start(main, from, options);
    }

    @Test
    void aStaticForwarderIsToldFromTheMethodThatIsCalled() throws IOException {
        assertThat(repoint("sites", classes.toString(), "--patchable", "bazaar.Till.open(int)"))
                .contains("bazaar.Till.open(int) only forwards to bazaar.Till$.open(int)");
        try (Programs program = program()) {
            assertThat(program.ask()).isEqualTo("2 3 2 1");
            assertThat(repoint("set", program.pid(), "bazaar.Shop$package.top(int)=constant:9"))
                    .contains(
                            "bazaar.Shop$package.top(int): default -> constant:9 (",
                            "only forwards to bazaar.Shop$package$.top(int)");
            assertThat(program.ask()).isEqualTo("2 3 2 1");
            assertThat(repoint(
                            "set",
                            program.pid(),
                            "bazaar.Till$.open=constant:7",
                            "bazaar.Shop$package$.top=constant:8"))
                    .doesNotContain("forwards");
            assertThat(program.ask()).isEqualTo("7 3 8 1");
        }
    }

    @Test
    void keysAsTheSourceHasThemAreUnderstoodAndToldBackAsTheClassFileHasThem() throws IOException {
        try (Programs program = program("bazaar.kinds", classes)) {
            assertThat(program.ask()).isEqualTo("11 21 3 4 6 21 2 3");
            assertThat(repoint(
                            "set",
                            program.pid(),
                            "bazaar.Greets.greet=constant:1",
                            "bazaar.Outer.Inner.deep=constant:2",
                            "bazaar.doubled=constant:3",
                            "bazaar.many=constant:4",
                            "bazaar.Ratio.`::`=constant:5"))
                    .contains(
                            "bazaar.Greets.greet(int): default -> constant:1",
                            "bazaar.Outer$Inner$.deep(int): default -> constant:2\n",
                            "bazaar.Shop$package$.doubled(int): default -> constant:3\n",
                            "bazaar.Shop$package$.many(int,int): default -> constant:4\n",
                            "bazaar.Ratio.$colon$colon(int): default -> constant:5\n");
            assertThat(program.ask()).isEqualTo("1 21 2 3 4 21 2 5");
            assertThat(repoint("reset", program.pid(), "bazaar.Ratio.`::`"))
                    .contains("bazaar.Ratio.$colon$colon(int): constant:5 -> default");
            assertThat(program.ask()).isEqualTo("1 21 2 3 4 21 2 3");
        }
        try (Programs program = program()) {
            program.ask();
            assertThat(repoint(
                            "set",
                            program.pid(),
                            "bazaar.Money.`with space`=constant:7",
                            "bazaar.Till.open=constant:8",
                            "bazaar.Money.+=constant:null"))
                    .contains(
                            "bazaar.Money.with$u0020space(int): default -> constant:7",
                            "bazaar.Till$.open(int): default -> constant:8\n",
                            "bazaar.Money.$plus(bazaar.Money): default -> constant:null");
        }
    }

    @Test
    void aKeyOfTheSourceIsUnderstoodInFilesInPoliciesAndInOptionsOfTheAgent() throws IOException {
        Path woven = folder.resolve("woven");
        repoint(
                "weave",
                classes.toString(),
                "-o",
                woven.toString(),
                "--patchable",
                "bazaar.top",
                "--patchable",
                "bazaar.Till.open",
                "--patchable",
                "bazaar.Ratio.`::`");
        Path policy = Files.writeString(
                folder.resolve("source.policy"),
                "bazaar.top = constant:6\nbazaar.Till.open = constant:7\nbazaar.Ratio.`::` = constant:8\n");
        try (Programs program = program("bazaar.run", woven, "-Drepoint.policy=" + policy)) {
            assertThat(program.ask()).isEqualTo("7 3 6 1");
        }
        try (Programs program = program("bazaar.kinds", woven, "-Drepoint.policy=" + policy)) {
            assertThat(program.ask()).isEqualTo("11 21 3 4 6 21 2 8");
        }
        String agent =
                "-javaagent:" + System.getProperty("repoint.home") + "/jvm/agent/target/repoint-agent-0.1.0.jar=";
        try (Programs program = program(
                "bazaar.run", classes, agent + "policy=bazaar.top=constant:4,policy=bazaar.Till.open=constant:5")) {
            assertThat(program.ask()).isEqualTo("5 3 4 1");
        }
        Path patched = folder.resolve("patched");
        assertThat(repoint("patch", classes.toString(), "bazaar.top=constant:2", "-o", patched.toString()))
                .contains("bazaar.Shop$package$.top(int) -> constant:2\n");
        try (Programs program = program("bazaar.run", patched)) {
            assertThat(program.ask()).isEqualTo("2 3 2 1");
        }
    }

    @Test
    void aKeyThatMeansAMethodOfAClassAndOfItsObjectIsRefusedWithBoth() throws IOException {
        try (Programs program = program("bazaar.kinds", classes)) {
            program.ask();
            assertThat(refused("set", program.pid(), "bazaar.Twin.kind=constant:1"))
                    .contains("bazaar.Twin.kind is ambiguous; name one of bazaar.Twin.kind(), bazaar.Twin$.kind()");
        }
    }

    @Test
    void aNameThatNeitherTheSourceNorTheClassFileHasIsRefusedWithTheNearest() throws IOException {
        try (Programs program = program()) {
            program.ask();
            assertThat(refused("set", program.pid(), "bazaar.Money.+(bazaar.Money)=constant:null"))
                    .contains("did you mean bazaar.Money.$plus(bazaar.Money)");
            assertThat(refused("set", program.pid(), "bazaar.top(int)=constant:1"))
                    .contains("did you mean bazaar.Shop$package$.top(int)");
        }
    }
}
