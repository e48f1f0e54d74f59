package dev.repoint.machine.mangling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of gcc, clang and rustc, as `c++filt -i` of GNU binutils shows them, stand in `names.txt`.
class DemanglerTest {

    private static List<String[]> goldens() throws IOException {
        List<String[]> goldens = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(DemanglerTest.class.getResourceAsStream("names.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                goldens.add(line.split("\t"));
            }
        }
        return goldens;
    }

    @Test
    void namesAreThoseOfBinutils() throws IOException {
        assertThat(goldens())
                .hasSizeGreaterThan(200)
                .allSatisfy(each -> assertThat(whole(each[0])).as(each[0]).isEqualTo(each[1]));
    }

    @Test
    void damagedNamesAreNoErrors() throws IOException {
        for (String[] each : goldens()) {
            for (int i = 0; i < each[0].length(); i++) {
                String cut = each[0].substring(0, i);
                String changed = cut + "SIJEDTLXNZ_019KPRFM".charAt(i % 19) + each[0].substring(i + 1);
                assertThatCode(() -> {
                            Demangler.demangle(cut);
                            Demangler.demangle(changed);
                        })
                        .as(changed)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void depthAndLengthAreBounded() {
        StringBuilder doubling = new StringBuilder("_Z1fSt4pairIiiE");
        for (int i = 0; i < 60; i++) {
            doubling.append("S_IS")
                    .append(Integer.toString(i, 36).toUpperCase(java.util.Locale.ROOT))
                    .append("_S")
                    .append(Integer.toString(i, 36).toUpperCase(java.util.Locale.ROOT))
                    .append("_E");
        }
        assertThat(Demangler.demangle(doubling.toString())).isNull();
        assertThat(Demangler.demangle("_Z1f" + "P".repeat(100_000) + "i")).isNull();
        assertThat(Demangler.demangle("_Z1f" + "P".repeat(5_000) + "i")).isNull();
        assertThat(Demangler.demangle("_RC" + "B0_".repeat(5_000))).isNull();
        assertThat(whole("_Z1f" + "P".repeat(50) + "i")).isEqualTo("f(int" + "*".repeat(50) + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "_", "_Z", "main", "_R", "_init", "_ZN", "_Zf", "_ZNSt", "_ZNStE", "_ZNS0_E", "_Z1", "_Z9f", "_RNv",
                "_ZGR", "_ZTh", "_start"
            })
    void otherSymbolsHaveNoOtherName(String symbol) {
        assertThat(Demangler.demangle(symbol)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_ZN4shop3taxEi | shop::tax",
                "_Z3taxi | tax",
                "_ZSt4swapIiEvRT_S1_ | std::swap",
                "_ZN12_GLOBAL__N_11fEv | (anonymous namespace)::f",
                "_ZNO4shop4CartclEi | shop::Cart::operator()",
                "_Znwm | operator new",
                "_ZNK4shop4CartcvbEv | shop::Cart::operator bool",
                "_ZNK4shop4CartltERKS0_ | shop::Cart::operator<",
                "_Z4pickc | pick",
                "_ZNKSt6vectorIiE4sizeEv | std::vector<int>::size",
                "_Z3taxi.cold | tax(int) [clone .cold]",
                "_ZN1AcvT_IiEEv | A::operator int",
                "_RINvCs6GmmlP4bgsG_1r2ccKb1_Kc78_Kan3_EB2_ | r::cc",
                "_RNvC6_123foo3bar | 123foo::bar"
            })
    void aNameIsKnownWithoutItsSignature(String symbol, String plain) {
        assertThat(Objects.requireNonNull(Demangler.demangle(symbol)).plain()).isEqualTo(plain);
    }

    private static String whole(String symbol) {
        Demangled name = Demangler.demangle(symbol);
        return name == null ? symbol : name.whole();
    }
}
