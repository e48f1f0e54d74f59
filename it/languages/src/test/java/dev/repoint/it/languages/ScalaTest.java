package dev.repoint.it.languages;

import static dev.repoint.it.languages.Programs.refused;
import static dev.repoint.it.languages.Programs.repoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        return Programs.start("-cp", classes + ":" + Compiler.SCALA.libraries(), "bazaar.run");
    }

    @Test
    void aStaticForwarderIsToldFromTheMethodThatIsCalled() throws IOException {
        assertThat(repoint("sites", classes.toString(), "--patchable", "bazaar.Till.open"))
                .contains("bazaar.Till.open(int) only forwards to bazaar.Till$.open(int)");
        try (Programs program = program()) {
            assertThat(program.ask()).isEqualTo("2 3 2 1");
            assertThat(repoint("set", program.pid(), "bazaar.Shop$package.top=constant:9"))
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
    void namesAsTheSourceHasThemAreFound() throws IOException {
        try (Programs program = program()) {
            program.ask();
            assertThat(refused("set", program.pid(), "bazaar.Money.+=constant:null"))
                    .contains("did you mean bazaar.Money.$plus(bazaar.Money)");
            assertThat(refused("set", program.pid(), "bazaar.Money.`with space`=constant:1"))
                    .contains("did you mean bazaar.Money.with$u0020space(int)");
            assertThat(refused("set", program.pid(), "bazaar.top=constant:1"))
                    .contains("did you mean bazaar.Shop$package$.top(int)");
        }
    }
}
