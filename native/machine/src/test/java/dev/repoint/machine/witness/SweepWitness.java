package dev.repoint.machine.witness;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.Section;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.SweepListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The functions of a whole file, decoded, and held against `objdump`.
///
/// @param functions    how many there are
/// @param undecoded    how many of them were refused
/// @param instructions how many instructions were decoded
/// @param calls        how many of them are direct calls
/// @param differences  each place that `objdump` sees otherwise
public record SweepWitness(int functions, int undecoded, int instructions, int calls, List<String> differences) {

    public static SweepWitness of(Path path) throws IOException {
        ElfFile file = ElfFile.read(path);
        boolean aarch64 = file.machine() == ElfMachine.AARCH64;
        NavigableMap<Long, String> lines = new TreeMap<>();
        for (Objdump.Line line : Objdump.ofFile(path, aarch64)) {
            lines.put(line.address(), line.isBad() ? "(bad)" : line.text());
        }
        Comparison comparison = new Comparison(lines, aarch64 ? "bl " : "call ", aarch64 ? 4 : 5);
        int undecoded = 0;
        Map<Long, Code> functions = functions(file);
        for (Code function : functions.values()) {
            comparison.start(function);
            if (Architectures.of(file.machine()).sweep(function, comparison)) {
                comparison.end();
            } else {
                undecoded++;
            }
        }
        return new SweepWitness(
                functions.size(), undecoded, comparison.instructions, comparison.calls, comparison.differences);
    }

    private static Map<Long, Code> functions(ElfFile file) {
        Map<Long, Code> functions = new HashMap<>();
        for (SymbolTable symbols : List.of(file.dynamicSymbols(), file.symbols())) {
            for (int i = 0; i < symbols.size(); i++) {
                boolean function =
                        symbols.type(i) == SymbolType.FUNCTION || symbols.type(i) == SymbolType.INDIRECT_FUNCTION;
                Section section = file.sectionAt(new Address(symbols.value(i))).orElse(null);
                if (function
                        && symbols.sectionIndex(i) != 0
                        && symbols.size(i) > 0
                        && section != null
                        && section.isExecutable()
                        && section.hasBytes()) {
                    Code code = new Code(
                            file.bytes().asSlice(section.offset().value(), section.size()),
                            section.address().value());
                    if (code.contains(symbols.value(i), symbols.size(i))) {
                        functions.put(symbols.value(i), code.slice(symbols.value(i), symbols.size(i)));
                    }
                }
            }
        }
        return functions;
    }

    private static final class Comparison implements SweepListener {

        private final NavigableMap<Long, String> lines;
        private final String call;
        private final int callLength;
        private final List<String> differences = new ArrayList<>();
        private final Map<Long, Integer> boundaries = new TreeMap<>();
        private final List<Long> found = new ArrayList<>();
        private Code function = null;
        private int instructions;
        private int calls;

        Comparison(NavigableMap<Long, String> lines, String call, int callLength) {
            this.lines = lines;
            this.call = call;
            this.callLength = callLength;
        }

        void start(Code next) {
            function = next;
            boundaries.clear();
            found.clear();
        }

        @Override
        public void boundary(long address, int length) {
            boundaries.put(address, length);
        }

        @Override
        public void found(Instruction instruction) {
            if (instruction.kind() == SiteKind.CALL) {
                found.add(instruction.address());
            }
        }

        void end() {
            instructions += boundaries.size();
            calls += found.size();
            List<Long> seen = new ArrayList<>();
            boundaries.forEach((address, length) -> {
                String line = lines.get(address);
                if (line == null || line.equals("(bad)")) {
                    // objdump shows fwait and the instruction behind it as one
                    String before = lines.get(address - 1);
                    boolean wait = line == null && before != null && before.startsWith("f");
                    if (!wait) {
                        differences.add("0x%x: objdump has %s".formatted(address, line));
                    }
                } else if (line.startsWith(call) && !line.startsWith(call + "*")
                        || line.matches("((bnd|addr32|data16|rex\\.W) )+call [^*].*")) {
                    seen.add(address + length - callLength);
                }
            });
            int others = lines.subMap(function.address(), function.end()).size();
            if (others > boundaries.size()) {
                differences.add("0x%x: objdump has %d instructions, not %d"
                        .formatted(function.address(), others, boundaries.size()));
            }
            if (!found.equals(seen)) {
                differences.add("0x%x: calls %s, but objdump has %s".formatted(function.address(), found, seen));
            }
        }
    }
}
