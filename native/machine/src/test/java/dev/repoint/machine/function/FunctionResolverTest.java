package dev.repoint.machine.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.fixtures.Run;
import dev.repoint.machine.site.NativeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionResolverTest {

    private static final String ONE = """
        namespace shop { __attribute__((noinline)) int tax(int x) { return x * 3; }
                         __attribute__((noinline)) int tax(long x) { return x * 5; }
                         __attribute__((noinline)) int sum(int x) { return x + 1; } }
        static __attribute__((noinline, used)) int local(int x) { return x * 7; }
        int one(int x) { return shop::tax(x) + shop::tax(x + 1L) + shop::sum(x) + local(x); }
        """;
    private static final String OTHER = """
        static __attribute__((noinline, used)) int local(int x) { return x * 11; }
        int one(int);
        extern "C" int twice(int x) __attribute__((alias("same")));
        extern "C" __attribute__((noinline)) int same(int x) { return local(x) + 1; }
        int main(int count, char **) { return one(count) + same(count); }
        """;

    @TempDir
    Path folder;

    @Test
    void aNameOfCxxMeansItsFunction() throws IOException {
        FunctionResolver resolver = program("-g");
        assertThat(symbols(resolver, "shop::sum")).containsExactly("_ZN4shop3sumEi");
        assertThat(symbols(resolver, "shop::tax(long)")).containsExactly("_ZN4shop3taxEl");
        assertThat(symbols(resolver, "_ZN4shop3taxEi")).containsExactly("_ZN4shop3taxEi");
    }

    @Test
    void anAmbiguousNameIsAnsweredWithKeysThatAreNot() throws IOException {
        FunctionResolver resolver = program("-g");
        List<NativeFunction> taxes = resolver.of(NativeKey.parse("shop::tax"));
        assertThat(resolver.several(taxes)).isEqualTo("means several: write shop::tax(int) or shop::tax(long)");
        List<NativeFunction> locals = resolver.of(NativeKey.parse("local"));
        assertThat(resolver.several(locals).replaceAll("_ZL5locali", "L"))
                .isEqualTo("means several: write one.cc:L or other.cc:L");
        assertThat(resolver.of(NativeKey.parse("one.cc:_ZL5locali"))).hasSize(1);
    }

    @Test
    void anAddressInAModuleMeansTheFunctionThatStartsThere() throws IOException {
        FunctionResolver resolver = program("-s");
        FunctionResolver named = program("-g");
        NativeFunction sum = named.of(NativeKey.parse("shop::sum")).getFirst();
        NativeKey place = NativeKey.parse("program+" + sum.address());
        NativeFunction nameless = resolver.of(place).getFirst();
        assertThat(nameless.isNameless()).isTrue();
        assertThat(resolver.keyOf(nameless)).isEqualTo(place);
        assertThat(resolver.text(place)).isEqualTo("program+" + sum.address());
        NativeKey inside = NativeKey.parse("program+" + sum.address().plus(1));
        assertThat(resolver.of(inside)).isEmpty();
        assertThat(resolver.missing(inside)).contains("which lies inside program+" + sum.address() + "; write that");
    }

    @Test
    void twoNamesOfOneFunctionAreNotAmbiguous() throws IOException {
        FunctionResolver resolver = program("-g");
        assertThat(resolver.of(NativeKey.parse("twice"))).isEqualTo(resolver.of(NativeKey.parse("same")));
        assertThat(resolver.of(NativeKey.parse("same")).getFirst().names()).hasSize(2);
    }

    @Test
    void aMistypedNameGetsTheNearestOnes() throws IOException {
        assertThat(program("-g").missing(NativeKey.parse("twize"))).endsWith("; did you mean twice?");
    }

    private FunctionResolver program(String... flags) throws IOException {
        Files.writeString(folder.resolve("one.cc"), ONE);
        Files.writeString(folder.resolve("other.cc"), OTHER);
        List<String> command =
                new ArrayList<>(List.of("g++", "-O2", "-fPIE", "-pie", "one.cc", "other.cc", "-o", "program"));
        command.addAll(List.of(flags));
        Run.succeeding(folder, command);
        ElfFile file = ElfFile.read(folder.resolve("program"));
        return FunctionResolver.of(file, FunctionTable.of(file, DebugFiles.none()));
    }

    private static List<String> symbols(FunctionResolver resolver, String key) {
        return resolver.of(NativeKey.parse(key)).stream()
                .map(each -> each.names().getFirst().symbol())
                .toList();
    }
}
