package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Detached;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Keys of C++ and Rust are typed as people know them, and symbols with versions by name, in files and in
/// processes.
class NamesOfOthersTest {

    private static final String SHOP = """
        #include <cstdio>
        #define FUNCTION __attribute__((noipa))
        namespace shop {
        FUNCTION int tax(int x) { return x; }
        FUNCTION int tax(long x) { return (int) x + 1; }
        FUNCTION int fee(int x) { return x + 100; }
        struct Cart {
            int n;
            FUNCTION int operator()(int y) const { return n + y; }
            FUNCTION bool operator==(int y) const { return n == y; }
            FUNCTION int sum(int y) const { return n + y + 50; }
        };
        template <class T> FUNCTION T twice(T t) { return t + t; }
        }
        int main() {
            char line[80];
            while (fgets(line, sizeof line, stdin)) {
                shop::Cart cart{3};
                printf("%d %d %d %d %d %d %d\\n", shop::tax(1), shop::tax(1L), shop::fee(0), cart(4), cart == 3,
                       cart.sum(1), shop::twice(3));
                fflush(stdout);
            }
        }
        """;
    private static final String BY_DEFAULT = "1 2 100 7 1 54 6";

    private static final String RUST = """
        #[inline(never)]
        pub fn tax(x: i32) -> i32 { std::hint::black_box(x) }
        #[inline(never)]
        pub fn fee(x: i32) -> i32 { std::hint::black_box(x) + 100 }
        fn main() { println!("{} {}", tax(std::env::args().count() as i32), fee(1)); }
        """;

    private static final String VERSIONS = """
        #define FUNCTION __attribute__((noipa))
        FUNCTION int first(int x) { return x + 1; }
        FUNCTION int second(int x) { return x + 2; }
        FUNCTION int third(int x) { return x + 3; }
        FUNCTION int user(int x) { return x * 10; }
        __asm__(".symver first, rate@V1");
        __asm__(".symver second, rate@V2");
        __asm__(".symver third, rate@@V3");
        """;
    private static final String MAP =
            "V1 { global: rate; local: *; }; V2 { global: rate; } V1; V3 { global: rate; user; } V2;";
    private static final String CALLER = """
        #include <stdio.h>
        int rate(int), user(int), old_rate(int);
        __asm__(".symver old_rate, rate@V1");
        int main(void) {
            char line[80];
            while (fgets(line, sizeof line, stdin)) {
                printf("%d %d %d\\n", rate(0), old_rate(0), user(7));
                fflush(stdout);
            }
            return 0;
        }
        """;

    @TempDir
    private Path folder;

    private String shop() throws IOException {
        Files.writeString(folder.resolve("shop.cc"), SHOP);
        Run.succeeding(
                folder,
                List.of(
                        Tool.GXX.required().command(),
                        "-O1",
                        "-w",
                        "-ffunction-sections",
                        "-Wl,--emit-relocs",
                        "shop.cc",
                        "-o",
                        "shop"));
        return folder.resolve("shop").toString();
    }

    private String caller() throws IOException {
        Tool.GCC.required();
        Files.writeString(folder.resolve("versions.c"), VERSIONS);
        Files.writeString(folder.resolve("versions.map"), MAP);
        Files.writeString(folder.resolve("caller.c"), CALLER);
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-O1",
                        "-shared",
                        "-fPIC",
                        "-Wl,--version-script=versions.map",
                        "-Wl,-soname,libversions.so",
                        "versions.c",
                        "-o",
                        "libversions.so"));
        Run.succeeding(
                folder,
                List.of(
                        "gcc",
                        "-O1",
                        "-w",
                        "-Wl,--emit-relocs",
                        "caller.c",
                        "-L.",
                        "-lversions",
                        "-Wl,-rpath," + folder,
                        "-o",
                        "caller"));
        return folder.resolve("caller").toString();
    }

    private static String answer(Path folder, String program) throws IOException {
        try (Detached started = Detached.start(Files.createTempDirectory(folder, "run"), program)) {
            return started.ask("?");
        }
    }

    @Test
    void namesOfCppAreTypedAndShown() throws IOException {
        String program = shop();
        String out = folder.resolve("out").toString();

        Ran sites = repoint("sites", program, "--patchable", "shop::tax*", "--patchable", "shop::Cart::operator()");
        Ran patched = repoint(
                "patch",
                program,
                "shop::tax(int)=shop::fee",
                "shop::Cart::operator()=shop::Cart::sum(int) const",
                "shop::Cart::operator===zero",
                "shop::twice=zero",
                "-o",
                out);

        assertThat(answer(folder, program)).isEqualTo(BY_DEFAULT);
        assertThat(sites.out())
                .contains(
                        "shop::tax(int)  _ZN4shop3taxEi  1 site",
                        "shop::tax(long)",
                        "shop::Cart::operator()(int) const");
        assertThat(patched.out())
                .contains(
                        "shop::tax(int) -> shop::fee: 1 site changed",
                        "shop::twice<int>(int) -> zero".replace("shop::twice", "int shop::twice"));
        assertThat(answer(folder, out)).isEqualTo("101 2 100 57 0 54 0");
        assertThat(repoint("status", out).out()).contains("shop::tax(int)", "shop::fee(int)");
    }

    @Test
    void aNameThatMeansSeveralIsRefusedWithAllOfThem() throws IOException {
        Ran ran = Ran.repoint("patch", shop(), "shop::tax=zero", "--dry-run");

        assertThat(ran.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).endsWith("shop::tax: means several: write shop::tax(int) or shop::tax(long)\n");
        assertThat(Ran.repoint("patch", folder.resolve("shop").toString(), "shop::fe(int)=zero", "--dry-run")
                        .err())
                .contains("did you mean shop::fee(int)");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void aRunningProgramOfCppTakesThemToo() throws IOException {
        try (Detached program = Detached.start(Files.createDirectory(folder.resolve("run")), shop())) {
            assertThat(program.ask("?")).isEqualTo(BY_DEFAULT);
            String pid = Long.toString(program.pid());

            Ran set = repoint("set", pid, "shop::tax(int)=shop::fee", "shop::Cart::operator()=zero");

            assertThat(set.out()).contains("shop:shop::tax(int): default -> shop::fee (1 site)");
            assertThat(program.ask("?")).isEqualTo("101 2 100 0 1 54 6");
            assertThat(repoint("status", pid).out()).contains("shop:shop::tax(int)");
            assertThat(Ran.repoint("set", pid, "shop::tax=zero").err()).contains("means several");
            repoint("reset", pid, "shop::tax(int)");
            assertThat(program.ask("?")).isEqualTo("1 2 100 0 1 54 6");
        }
    }

    @Test
    void namesOfRustAreTypedAndShown() throws IOException {
        Files.writeString(folder.resolve("shop.rs"), RUST);
        Run.succeeding(
                folder,
                List.of(
                        Tool.RUSTC.required().command(),
                        "-O",
                        "-C",
                        "link-args=-Wl,--emit-relocs",
                        "-C",
                        "codegen-units=1",
                        "-C",
                        "strip=none",
                        "shop.rs",
                        "-o",
                        "rust"));
        String out = folder.resolve("out").toString();

        Ran patched = repoint("patch", folder.resolve("rust").toString(), "shop::tax=shop::fee", "-o", out);

        assertThat(patched.out()).startsWith("shop::tax -> shop::fee: 1 site changed");
        assertThat(Run.succeeding(folder, List.of(out)).lines()).containsExactly("101 101");
    }

    @Test
    void theDefaultVersionIsMeantUnlessOneIsNamed() throws IOException {
        String program = caller();
        String library = folder.resolve("libversions.so").toString();
        assertThat(answer(folder, program)).isEqualTo("3 1 70");

        Ran several = Ran.repoint("patch", program, "rate=user", "--dry-run");
        Ran one = repoint(
                "patch", program, "rate@V1=user", "-o", folder.resolve("one").toString());

        assertThat(several.err()).contains("write rate@V1 or rate@V3");
        assertThat(one.out()).startsWith("rate@V1 -> user: 1 site changed");
        assertThat(answer(folder, folder.resolve("one").toString())).isEqualTo("3 0 70");
        assertThat(Ran.repoint("patch", program, "user=rate", "--dry-run").err())
                .contains("rate@V1 or rate@V3");
        assertThat(Ran.repoint("patch", library, "rate@V3=user", "--dry-run").err())
                .contains("libversions.so: rate@V3: its entry cannot be patched (too short): third at ");
        assertThat(repoint("sites", library, "--patchable", "rate").out())
                .contains("rate  0 sites", "rate@V2  0 sites");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void aRunningProgramHasTheDefaultVersion() throws IOException {
        try (Detached program = Detached.start(Files.createDirectory(folder.resolve("run")), caller())) {
            assertThat(program.ask("?")).isEqualTo("3 1 70");
            String pid = Long.toString(program.pid());

            repoint("set", pid, "user=libversions.so:rate");
            assertThat(program.ask("?")).isEqualTo("3 1 10");
            repoint("set", pid, "user=libversions.so:rate@V2");
            assertThat(program.ask("?")).isEqualTo("3 1 9");
            Ran set = repoint("set", pid, "rate=zero");
            assertThat(set.out()).contains("caller:rate@V3: default -> zero (1 site)");
            assertThat(program.ask("?")).isEqualTo("0 1 9");
            repoint("reset", pid);
            repoint("set", pid, "rate@V1=libversions.so:rate");
            assertThat(program.ask("?")).isEqualTo("3 3 70");
        }
    }

    private static Ran repoint(String... arguments) {
        Ran ran = Ran.repoint(arguments);
        assertThat(ran.exit()).as(ran.err()).isEqualTo(ExitCode.OK);
        return ran;
    }
}
