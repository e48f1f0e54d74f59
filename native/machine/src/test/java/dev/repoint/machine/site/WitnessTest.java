package dev.repoint.machine.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.SymbolTable;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.SiteKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// `objdump` as the witness: of every direct branch that it sees to the start of a function or to an entry of a
/// linkage table, there is a site, and there are no others.
class WitnessTest {

    private static final Pattern FUNCTION = Pattern.compile("([0-9a-f]+) <(.*)>:");
    private static final Pattern BRANCH = Pattern.compile("\\s+([0-9a-f]+):\\s+(?:bnd |notrack |data16 |rex.W |addr32"
            + " )*(call|jmp|j[a-z]+|bl|b|b\\.[a-z]+|cbn?z|tbn?z)(?:,p[nt])?\\s+(?:[xw]\\d+, )?(?:#\\d+,"
            + " )?([0-9a-f]+) <([^>]*)>");
    private static final Set<SiteKind> DIRECT = Set.of(SiteKind.CALL, SiteKind.JUMP, SiteKind.CONDITIONAL_JUMP);
    private static final String COLD = ".cold";
    /// `bnd`, `addr32` and others stand before the branch itself.
    private static final int PREFIXES = 3;

    @TempDir
    private Path folder;

    static Stream<Arguments> builds() {
        return Stream.of(
                Arguments.of(Tool.GCC, Tool.BFD, List.of()),
                Arguments.of(Tool.GCC, Tool.BFD, List.of("-Os", "-fno-pie", "-no-pie")),
                Arguments.of(Tool.GCC, Tool.BFD, List.of("-O3", "-fno-plt")),
                Arguments.of(Tool.GCC, Tool.BFD, List.of("-fno-function-sections")),
                Arguments.of(Tool.GCC, Tool.BFD, List.of("-fcf-protection", "-Wl,-z,ibtplt")),
                Arguments.of(Tool.GCC, Tool.BFD, List.of("-shared", "-fPIC")),
                Arguments.of(Tool.GCC, Tool.GOLD, List.of("-fuse-ld=gold", "-fno-plt")),
                Arguments.of(Tool.GCC, Tool.LLD, List.of("-fuse-ld=lld", "-fno-plt", "-Wl,--icf=all")),
                Arguments.of(Tool.CLANG, Tool.LLD, List.of("-fuse-ld=lld")),
                Arguments.of(Tool.AARCH64_GCC, Tool.AARCH64_OBJDUMP, List.of()),
                Arguments.of(Tool.AARCH64_GCC, Tool.AARCH64_OBJDUMP, List.of("-Os", "-fno-function-sections")));
    }

    @ParameterizedTest
    @MethodSource("builds")
    void everyCallIsCollectedAndNothingElse(Tool compiler, Tool linker, List<String> flags) throws IOException {
        linker.required();
        List<String> all = new ArrayList<>(Built.FLAGS);
        all.addAll(flags);
        Path program = Built.program(folder, compiler, all);
        Tool objdump = compiler == Tool.AARCH64_GCC ? Tool.AARCH64_OBJDUMP : Tool.OBJDUMP;
        ElfFile file = ElfFile.read(program);

        Map<Long, Long> seen = seen(objdump.required(), program, starts(file));
        Map<Long, Long> collected = new TreeMap<>();
        for (Patchable each : Collector.collect(file).patchables()) {
            for (Site site : each.sites()) {
                if (!DIRECT.contains(site.kind())) {
                    continue;
                }
                assertThat(collected.put(site.address().value(), site.leads().value()))
                        .as("twice: " + site)
                        .isNull();
            }
        }
        assertThat(seen).hasSizeGreaterThan(20);
        assertThat(withoutPrefixes(seen, collected.keySet())).isEqualTo(collected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Tool.class,
            names = {"GCC", "AARCH64_GCC"})
    void theQuickSearchFindsWhateverDecodingFinds(Tool compiler) throws IOException {
        ElfFile file = ElfFile.read(Built.program(folder, compiler, List.of("-static", "-Wl,--emit-relocs")));
        Architecture architecture = Architectures.of(file.machine());
        ScanContext scan = ScanContext.of(file, architecture);
        int decoded = 0;
        List<Instruction.Branch> found = new ArrayList<>();
        for (int group = 0; group < scan.functions().count(); group++) {
            long start = scan.functions().start(group);
            long size = scan.functions().end(group) - start;
            Code section = scan.regions().code(scan.regions().at(start));
            if (!section.contains(start, size)) {
                continue;
            }
            Code function = section.slice(start, size);
            found.clear();
            architecture.sweep(function, each -> {
                if (each instanceof Instruction.Branch branch) {
                    found.add(branch);
                }
            });
            for (Instruction.Branch each : found) {
                decoded++;
                boolean call = each.kind() == SiteKind.CALL;
                long end = each.address() + each.length();
                assertThat(architecture.mayBranch(
                                function,
                                (isCall, field, destination) -> isCall == call
                                        && destination == each.destination()
                                        && field >= each.address()
                                        && field < end))
                        .as(each.toString())
                        .isTrue();
            }
            assertThat(architecture.mayBranch(function, (isCall, field, destination) -> false))
                    .isFalse();
        }
        assertThat(decoded).isGreaterThan(1000);
    }

    /// The branches that count, and where they lead.
    private Map<Long, Long> seen(Tool objdump, Path program, Set<Long> starts) throws IOException {
        Map<Long, Long> seen = new TreeMap<>();
        String function = "";
        long start = 0;
        boolean linkage = false;
        for (String line : Run.succeeding(
                        folder, List.of(objdump.command(), "-d", "--no-show-raw-insn", program.toString()))
                .lines()) {
            if (line.startsWith("Disassembly of section ")) {
                linkage = line.contains(".plt");
            }
            Matcher head = FUNCTION.matcher(line);
            if (head.matches()) {
                start = Long.parseLong(head.group(1), 16);
                function = head.group(2);
            }
            Matcher branch = BRANCH.matcher(line);
            if (linkage || !branch.find()) {
                continue;
            }
            long destination = Long.parseLong(branch.group(3), 16);
            String name = branch.group(4);
            boolean call = branch.group(2).equals("call") || branch.group(2).equals("bl");
            boolean entry = name.endsWith("@plt") || starts.contains(destination);
            boolean inside = destination == start || name.contains(COLD) || function.equals(name + COLD);
            if (entry && (call || !inside)) {
                seen.put(Long.parseLong(branch.group(1), 16), destination);
            }
        }
        return seen;
    }

    private static Set<Long> starts(ElfFile file) {
        Set<Long> starts = new HashSet<>();
        SymbolTable symbols = file.symbols();
        for (int i = 0; i < symbols.size(); i++) {
            if (symbols.type(i).isFunction() && symbols.isDefined(i)) {
                starts.add(symbols.value(i));
            }
        }
        return starts;
    }

    private static Map<Long, Long> withoutPrefixes(Map<Long, Long> seen, Set<Long> addresses) {
        Map<Long, Long> without = new TreeMap<>();
        seen.forEach((address, destination) -> {
            long at = address;
            while (at < address + PREFIXES && !addresses.contains(at)) {
                at++;
            }
            without.put(addresses.contains(at) ? at : address, destination);
        });
        return without;
    }
}
