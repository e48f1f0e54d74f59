package dev.repoint.it.machine;

import dev.repoint.fixtures.Run;
import dev.repoint.machine.instruction.SiteKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A linked file as `objdump` sees it: an independent witness of what our own code finds.
///
/// It looks at all code from its first byte to its last, where we look at what relocations name; and it is
/// another disassembler.
///
/// @param functions names of the functions at an address
/// @param variables where a variable is, by name
/// @param branches  that lead to a fixed place or through a pointer at a fixed place, by address
record Disassembly(Map<Long, TreeSet<String>> functions, Map<String, Extent> variables, List<Branch> branches) {

    /// Where something is.
    ///
    /// @param start the address of its first byte
    /// @param size  in bytes
    record Extent(long start, long size) {

        boolean contains(long address) {
            return address >= start && address < start + size;
        }
    }

    /// `0000000000001139 <main>:`
    private static final Pattern LABEL = Pattern.compile("^([0-9a-f]+) <(.+)>:$");
    /// `    1139:	e8 e2 ff ff ff       	call   1120 <foo>` on x86-64, `    1139:	94000010 	bl	...` on AArch64
    private static final Pattern LINE = Pattern.compile("^ *([0-9a-f]+):\t((?:[0-9a-f]{2,8} )+) *\t(.*)$");
    /// `	113a: R_X86_64_PLT32	foo-0x4` behind an instruction
    private static final Pattern RELOCATION = Pattern.compile("\t[0-9a-f]+: R_.*$");
    private static final Pattern PREFIXES = Pattern.compile("^(?:(?:bnd|addr32|notrack|data16|cs|rex\\.W) )+");
    /// `call   1120 <foo+0x4>`, `b.ne	400 <foo>  // b.any`, `cbz	w0, 400 <foo>`
    private static final Pattern DIRECT = Pattern.compile("^(\\S+)\\s+(?:[^<]*[ ,])?(?:0x)?([0-9a-f]+) <([^>]+)>.*$");
    /// `call   *0x2ee2(%rip)        # 4018 <pointer>`
    private static final Pattern POINTER =
            Pattern.compile("^(call|jmp)q?\\s+\\*-?0x[0-9a-f]+\\(%rip\\)\\s+# ([0-9a-f]+)(?: <([^>]+)>)?$");
    /// `0000000000001139 g     F .text	000000000000000b              main`, also with `.hidden` before the name
    private static final Pattern SYMBOL = Pattern.compile(
            "^([0-9a-f]+) ......([FO]) (\\S+)\t([0-9a-f]+) +(?:\\.(?:hidden|protected|internal) |\\S+ +)?(\\S+)$");

    /// Runs `objdump` on a file.
    ///
    /// @param objdump the command for the machine of the file
    static Disassembly of(String objdump, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        List<String> symbols =
                Run.succeeding(folder, List.of(objdump, "-t", file.toString())).lines();
        List<String> code = Run.succeeding(folder, List.of(objdump, "-drw", file.toString()))
                .lines();
        return parse(symbols, code);
    }

    /// Reads what `objdump` wrote.
    ///
    /// @param symbols lines of `objdump -t`
    /// @param code    lines of `objdump -drw`
    static Disassembly parse(List<String> symbols, List<String> code) {
        Map<Long, TreeSet<String>> functions = new TreeMap<>();
        Map<String, Extent> variables = new TreeMap<>();
        for (String line : symbols) {
            Matcher symbol = SYMBOL.matcher(line);
            if (!symbol.matches() || symbol.group(3).equals("*UND*")) {
                continue;
            }
            long address = Long.parseUnsignedLong(symbol.group(1), 16);
            String name = symbol.group(5);
            if (symbol.group(2).equals("F")) {
                functions.computeIfAbsent(address, first -> new TreeSet<>()).add(name);
            } else {
                variables.put(name, new Extent(address, Long.parseUnsignedLong(symbol.group(4), 16)));
            }
        }
        List<Branch> branches = new ArrayList<>();
        String in = "";
        for (String line : code) {
            Matcher label = LABEL.matcher(line);
            Matcher instruction = LINE.matcher(line);
            if (label.matches()) {
                in = label.group(2);
            } else if (instruction.matches()) {
                Branch branch = branch(in, instruction);
                if (branch != null) {
                    branches.add(branch);
                }
            }
        }
        return new Disassembly(functions, variables, branches);
    }

    /// Branches to the first instruction of a function, or to an entry of the procedure linkage table.
    List<Branch> toFunctions() {
        return branches.stream()
                .filter(branch -> branch.isDirect() && (functions.containsKey(branch.to()) || isToPlt(branch)))
                .toList();
    }

    /// Branches through a pointer in one of some variables.
    List<Branch> through(String... names) {
        List<Extent> places = Stream.of(names).map(variables::get).toList();
        return branches.stream()
                .filter(branch -> !branch.isDirect() && places.stream().anyMatch(place -> place.contains(branch.to())))
                .toList();
    }

    /// Whether a branch leads into the procedure linkage table: objdump calls its entries `crc32@plt`.
    private static boolean isToPlt(Branch branch) {
        return branch.name().endsWith("@plt");
    }

    private static Branch branch(String in, Matcher line) {
        long start = Long.parseUnsignedLong(line.group(1), 16);
        long end = start + line.group(2).replace(" ", "").length() / 2;
        String bare = RELOCATION.matcher(line.group(3)).replaceFirst("");
        boolean relocated = bare.length() < line.group(3).length();
        String text = PREFIXES.matcher(bare).replaceFirst("").strip();
        Matcher pointer = POINTER.matcher(text);
        if (pointer.matches()) {
            SiteKind kind = pointer.group(1).equals("call") ? SiteKind.POINTER_CALL : SiteKind.POINTER_JUMP;
            String name = pointer.group(3) == null ? "" : pointer.group(3);
            return new Branch(in, start, end, kind, Long.parseUnsignedLong(pointer.group(2), 16), name, relocated);
        }
        Matcher direct = DIRECT.matcher(text);
        SiteKind kind = direct.matches() ? kind(direct.group(1)) : null;
        return kind == null
                ? null
                : new Branch(
                        in, start, end, kind, Long.parseUnsignedLong(direct.group(2), 16), direct.group(3), relocated);
    }

    private static SiteKind kind(String mnemonic) {
        return switch (mnemonic) {
            case "call", "callq", "bl" -> SiteKind.CALL;
            case "jmp", "jmpq", "b" -> SiteKind.JUMP;
            case "cbz", "cbnz", "tbz", "tbnz" -> SiteKind.CONDITIONAL_JUMP;
            default -> mnemonic.startsWith("j") || mnemonic.startsWith("b.") ? SiteKind.CONDITIONAL_JUMP : null;
        };
    }
}
