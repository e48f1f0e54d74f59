package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `repoint patch` of jars: what is written runs, and leads elsewhere.
class JarPatchTest {

    private static final String SHOP = """
        package acme;
        public class Shop {
            public enum Size { SMALL, LARGE }
            static int price(int pieces) { return 7 * pieces; }
            static int sale(int pieces) { return 5 * pieces; }
            static void log(String text) { System.out.print(text + " "); }
            static Size size() { return Size.SMALL; }
            int own() { return 1; }
            static int owned(Shop shop) { return 2; }
            static int taxed(@dev.repoint.Original java.util.function.IntUnaryOperator original, int pieces) {
                return 100 + original.applyAsInt(pieces);
            }
            static int ofText(@dev.repoint.Original String original, int pieces) { return 0; }
            public static void main(String[] args) {
                log("logged");
                System.out.println(price(3) + " " + size() + " " + new Shop().own());
            }
        }
        """;

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void compile() throws IOException {
        jar = Sources.jar(folder, "shop.jar", "Shop", SHOP);
    }

    private Ran patch(Path from, String to, String... changes) {
        return Ran.repoint(Stream.of(
                        List.of(
                                "patch",
                                from.toString(),
                                "-o",
                                folder.resolve(to).toString()),
                        List.of(changes))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private String run(String of) throws IOException {
        return Sources.run(folder.resolve(of), "acme.Shop");
    }

    @Test
    void whatIsWrittenLeadsElsewhereFromTheFirstCallOn() throws IOException {
        Ran ran = patch(
                jar,
                "new.jar",
                "acme.Shop.price=acme.Shop.sale",
                "acme.Shop.log=nothing",
                "acme.Shop.size=constant:LARGE",
                "acme.Shop.own=acme.Shop.owned");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("""
            acme.Shop.price -> acme.Shop.sale
            acme.Shop.log -> nothing
            acme.Shop.size -> constant:LARGE
            acme.Shop.own -> acme.Shop.owned
            %s: changed 4 patchables, 1 class woven
            """.formatted(folder.resolve("new.jar")));
        assertThat(run("new.jar")).isEqualTo("15 LARGE 2");
    }

    @Test
    void aTargetThatWrapsGetsTheDefault() throws IOException {
        Ran ran = patch(jar, "new.jar", "acme.Shop.price=acme.Shop.taxed");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(run("new.jar")).isEqualTo("logged 121 SMALL 1");
    }

    @Test
    void aSwapSwaps() throws IOException {
        Ran ran = patch(jar, "new.jar", "acme.Shop.price=acme.Shop.sale", "acme.Shop.sale=acme.Shop.price");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(run("new.jar")).isEqualTo("logged 15 SMALL 1");
    }

    @Test
    void anotherPatchKeepsTheFirstOneAndDefaultTakesItBack() throws IOException {
        patch(jar, "one.jar", "acme.Shop.price=acme.Shop.sale");
        patch(folder.resolve("one.jar"), "two.jar", "acme.Shop.log=nothing");
        assertThat(run("two.jar")).isEqualTo("15 SMALL 1");
        Ran woven = Ran.repoint(
                "weave",
                folder.resolve("two.jar").toString(),
                "-o",
                folder.resolve("woven.jar").toString());
        assertThat(woven.exit()).isZero();
        assertThat(run("woven.jar")).isEqualTo("15 SMALL 1");
        patch(folder.resolve("two.jar"), "three.jar", "acme.Shop.price=default", "acme.Shop.log=default");
        assertThat(run("three.jar")).isEqualTo("logged 21 SMALL 1");
    }

    @Test
    void aFolderOfClassesAndADryRun() throws IOException {
        Path classes = folder.resolve("classes");
        Ran dry = Ran.repoint("patch", classes.toString(), "acme.Shop.price=acme.Shop.sale", "--dry-run", "--json");
        assertThat(dry.exit()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("\"target\": \"acme.Shop.sale\"").doesNotContain("output");
        assertThat(patch(classes, "out", "acme.Shop.price=acme.Shop.sale").exit())
                .isZero();
        assertThat(run("out")).isEqualTo("logged 15 SMALL 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "acme.Shop.prize=nothing | key 'acme.Shop.prize' matches no method or field in",
                "acme.Shop.price=nothing | 'nothing' is for methods that return void",
                "acme.Shop.log=42 | it returns void and no constant; write nothing",
                "acme.Shop.price=constant:many | 'many' is no value of it",
                "acme.Shop.size=constant:HUGE | 'HUGE' is no value of Shop$Size",
                "acme.Shop.price=acme.Other.sale | its target acme.Other.sale has no class in it, nor in the JDK",
                "acme.Shop.price=acme.Shop.sail | its target acme.Shop.sail is not there: acme.Shop has log, main,"
                        + " ofText, own, owned, price, sale",
                "acme.Shop.price=acme.Shop.log | does not fit: it has to be static and take the same arguments",
                "acme.Shop.owned=acme.Shop.own | does not fit",
                "acme.Shop.price=acme.Shop.ofText | it has to be static and take the original, and then the same",
                "acme.Shop.own=acme.Shop.taxed | it has to be static and take the original, and then the same",
                "acme.Shop.price=acme.Shop.price | would lead to itself",
                "java.lang.Math.abs=nothing | matches no method or field in",
            })
    void whatDoesNotFitIsRefusedAndNothingIsWritten(String change, String reason) {
        Ran ran = patch(jar, "new.jar", "acme.Shop.log=nothing", change);
        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains(reason).hasLineCount(1);
        assertThat(folder.resolve("new.jar")).doesNotExist();
    }

    @Test
    void whatIsNeitherIsSaid() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        assertThat(patch(text, "new.jar", "a.B.c=nothing").err())
                .contains("notes.txt")
                .hasLineCount(1);
        assertThat(Ran.repoint("patch", jar.toString(), "acme.Shop.log=nothing").exit())
                .isEqualTo(2);
        assertThat(Ran.repoint("patch", "4711", "log=nothing").err()).contains("'repoint set 4711 log=nothing'");
    }
}
