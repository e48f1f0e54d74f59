package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.repoint.fixtures.Run;
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

/// `repoint patch --direct` of jars: what is written runs without Repoint, and leads elsewhere.
class DirectJarPatchTest {

    private static final String SHOP = """
        package acme;
        public class Shop {
            static int field;
            static int price(int pieces) { return 7 * pieces; }
            static int sale(int pieces) { return price(pieces) - 2 * pieces; }
            static int gift(int pieces) { return 0; }
            public int own() { return 1; }
            static int owned(Shop shop) { return 2; }
            static void log(String text) { System.out.print(text + " "); }
            static class Late extends Shop { public int own() { return 3; } }
            public static void main(String[] args) {
                log("logged");
                System.out.println(price(3) + " " + new Shop().own() + " " + new Late().own());
            }
        }
        """;

    private static final String PRICE = "acme.Shop.price=acme.Shop.sale";

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void compile() throws IOException {
        jar = Sources.jar(folder, "shop.jar", "Shop", SHOP);
    }

    private Path output() {
        return folder.resolve("new.jar");
    }

    private Ran direct(String... more) {
        return Ran.repoint(Stream.concat(
                        Stream.of("patch", jar.toString(), "--direct", "-o", output().toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private String run() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Run.succeeding(folder, List.of(java.toString(), "-Xverify:all", "-cp", output().toString(), "acme.Shop"))
                .output()
                .strip();
    }

    @Test
    void whatIsWrittenRunsWithoutTheRuntime() throws IOException {
        Ran ran = direct(PRICE);

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("""
            acme.Shop.price(int) -> acme.Shop.sale(int): 1 call
              note: 1 call by the target itself still reaches the method
            %s: pointed 1 call in 1 class elsewhere; it needs no runtime. Callers outside of it, and reflection, \
            reach the methods as before
            """.formatted(output()));
        assertThat(run()).isEqualTo("logged 15 1 3");
    }

    @Test
    void callsThatRemainAreListedAndNothingIsWritten() {
        Ran ran = direct("acme.Shop.own=acme.Shop.owned", "--closed-world");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEqualTo("""
            acme.Shop.own() -> acme.Shop.owned(acme.Shop): 0 calls
              note: a call on null reaches the target, and throws no NullPointerException by itself
              still reach the method:
                acme.Shop.main(java.lang.String[]):13: the receiver may be a acme.Shop$Late, which overrides it
            """);
        assertThat(ran.err())
                .isEqualTo(
                        "repoint: " + jar + ": 1 call would still reach acme.Shop.own(); --force leaves calls as they"
                                + " are; nothing was written\n");
        assertThat(output()).doesNotExist();
    }

    @Test
    void theJsonHasEveryCallAndEveryReason() {
        JsonObject json = JsonParser.parseString(
                        direct(PRICE, "acme.Shop.own=acme.Shop.owned", "--json").out())
                .getAsJsonObject();

        assertThat(json.keySet()).containsExactly("file", "changed", "keys");
        JsonObject own = json.getAsJsonArray("keys").get(0).getAsJsonObject();
        assertThat(own.keySet())
                .containsExactly("key", "target", "earlier", "pointed", "left", "own", "unseen", "differences");
        assertThat(own.getAsJsonArray("left").get(0).toString())
                .isEqualTo("{\"kind\":\"invokevirtual\",\"in\":\"acme.Shop.main(java.lang.String[])\",\"line\":13,"
                        + "\"reason\":\"the receiver may be a acme.Shop$Late, which overrides it\"}");
        JsonObject price = json.getAsJsonArray("keys").get(1).getAsJsonObject();
        assertThat(price.getAsJsonArray("pointed").get(0).toString())
                .isEqualTo("{\"kind\":\"invokestatic\",\"in\":\"acme.Shop.main(java.lang.String[])\",\"line\":13}");
        assertThat(price.getAsJsonArray("own")).hasSize(1);
    }

    @Test
    void statusSitesAndDoctorTellWhatWasPointedElsewhere() {
        assertThat(direct(PRICE).exit()).isZero();
        String file = output().toString();

        assertThat(Ran.repoint("status", file).out())
                .contains("acme.Shop.price(int):int  acme.Shop.sale(int):int")
                .contains("direct, for good");
        assertThat(Ran.repoint("sites", file).err())
                .contains(
                        "1 call of acme.Shop.price(int):int was pointed at acme.Shop.sale(int):int for good, and is no"
                                + " site of it any more");
        Ran woven = Ran.repoint(
                "weave",
                file,
                "--patchable",
                "acme.Shop.price",
                "-o",
                folder.resolve("woven.jar").toString());
        assertThat(woven.err()).contains("was pointed at acme.Shop.sale(int):int for good");
        assertThat(Ran.repoint("doctor", file).out()).contains("calls of 1 method were pointed elsewhere for good");
    }

    @Test
    void aSecondPatchOfTheSameChangesNothingAndAnotherIsRefused() throws IOException {
        assertThat(direct(PRICE).exit()).isZero();
        jar = Files.copy(output(), folder.resolve("first.jar"));

        assertThat(direct(PRICE).out())
                .startsWith(
                        "acme.Shop.price(int) -> acme.Shop.sale(int): 0 calls, 1 call from" + " an earlier patch\n");
        assertThat(Files.mismatch(jar, output())).isEqualTo(-1);
        String reason = "repoint: " + jar + ": the calls of acme.Shop.price(int):int were pointed at"
                + " acme.Shop.sale(int):int before, and do not name it any more; patch the original file\n";
        assertThat(direct("acme.Shop.price=acme.Shop.gift").err()).isEqualTo(reason);
        assertThat(Ran.repoint("patch", jar.toString(), "acme.Shop.price=acme.Shop.gift", "--dry-run")
                        .err())
                .isEqualTo(reason);
    }

    @Test
    void aDryRunListsTheCallsAndWritesNothing() {
        Ran ran = Ran.repoint("patch", jar.toString(), "--direct", PRICE, "--dry-run");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("""
            acme.Shop.price(int) -> acme.Shop.sale(int): 1 call
              invokestatic     acme.Shop.main(java.lang.String[]):13
              note: 1 call by the target itself still reaches the method
            %s: would point 1 call in 1 class elsewhere; nothing was written
            """.formatted(jar));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        acme.Shop.prise=acme.Shop.sale | key 'acme.Shop.prise' matches no method or field in
        acme.Shop.field=acme.Shop.sale | acme.Shop.field: no method of this name is declared or called in it
        acme.Shop.log=nothing          | acme.Shop.log(java.lang.String): 'nothing' is no method; name a static method
        acme.Shop.price=acme.Shop.own  | acme.Shop.price(int): its target acme.Shop.own() is not static
        acme.Shop.gift=acme.Shop.price | acme.Shop.gift(int): no call in it can be pointed elsewhere
        acme.Gone.gift=acme.Shop.price | acme.Gone.gift: no method of this name is declared or called in it
        """)
    void whatCannotBeDoneIsOneLineAndNothingIsWritten(String change, String part) {
        Ran ran = direct(change);

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).startsWith("repoint: ").contains(part).hasLineCount(1);
        assertThat(output()).doesNotExist();
    }

    @Test
    void wrongUsageIsOneLineAndExitTwo() throws IOException {
        Ran ran = Ran.repoint("patch", jar.toString(), PRICE, "--closed-world", "-o", "x");
        assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .startsWith("repoint: --closed-world is for --direct;")
                .hasLineCount(1);
        Path elf = Files.write(folder.resolve("elf"), new byte[] {0x7f, 'E', 'L', 'F'});
        Ran ofElf = Ran.repoint("patch", elf.toString(), "a=b", "--direct", "-o", "x");
        assertThat(ofElf.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ofElf.err()).startsWith("repoint: --direct is for jars").hasLineCount(1);
    }
}
