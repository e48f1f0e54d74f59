package dev.repoint.machine.witness;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.elf.Symbol;
import dev.repoint.fixtures.Run;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program with one function for each form of a site, whose bytes can be changed, and which runs.
public final class SitesProgram {

    private final Path folder;
    private final Path path;
    private final byte[] bytes;
    private final ElfFile file;
    private final Architecture architecture;
    private final Code code;
    private final List<String> emulator;
    private int veneers;

    private SitesProgram(Path folder, Path path, List<String> emulator) throws IOException {
        this.folder = folder;
        this.path = path;
        this.emulator = emulator;
        this.bytes = Files.readAllBytes(path);
        this.file = ElfFile.read(path);
        this.architecture = Architectures.of(file.machine());
        Section text = file.section(".text").orElseThrow();
        this.code = new Code(
                MemorySegment.ofArray(bytes).asSlice(text.offset().value(), text.size()),
                text.address().value());
    }

    /// Compiles it.
    ///
    /// @param architecture `x86_64` or `aarch64`, where its source lies
    /// @param compiler     the command, with options
    /// @param emulator     what runs the program; empty for none
    /// @param sites        the names of all sites in the source
    public static SitesProgram build(
            Path folder, String architecture, List<String> compiler, List<String> emulator, List<String> sites)
            throws IOException {
        List<String> command = new ArrayList<>(compiler);
        command.add("-DSITES(X)=X(" + String.join(") X(", sites) + ")");
        command.addAll(List.of("-o", "sites"));
        for (String source : List.of("sites.c", architecture + "/sites.s")) {
            Path copy = folder.resolve(source.replace('/', '-'));
            try (InputStream in = SitesProgram.class.getResourceAsStream("/dev/repoint/machine/" + source)) {
                Files.copy(in, copy);
            }
            command.add(copy.toString());
        }
        Run.succeeding(folder, command);
        return new SitesProgram(folder, folder.resolve("sites"), emulator);
    }

    /// As it was compiled, with nothing changed.
    public SitesProgram again() throws IOException {
        return new SitesProgram(folder, path, emulator);
    }

    public long address(String symbol) {
        return symbol(symbol).value().value();
    }

    private Symbol symbol(String name) {
        return file.symbols().named(name).getFirst();
    }

    /// The instruction of a site as the bytes are now.
    public Instruction site(String name) {
        return architecture.at(code, address("field_" + name));
    }

    /// Writes what a site becomes.
    public void encode(Instruction site, Outcome outcome) throws OutOfRange {
        VeneerSource source = (wanted, lowest, highest) -> veneer(wanted);
        write(site.address(), architecture.encode(site, old(site), outcome, source));
    }

    /// Puts a veneer into the room for them.
    public long veneer(Outcome outcome) throws OutOfRange {
        long address = address("room") + veneers;
        byte[] veneer = architecture.veneer(outcome, address);
        write(address, veneer);
        veneers += veneer.length;
        return address;
    }

    /// Writes the original bytes of a site.
    public void restore(Instruction original) throws OutOfRange {
        write(original.address(), architecture.restore(original, old(original)));
    }

    /// What a veneer at an address does.
    public Outcome veneerOutcome(long address) {
        return architecture.veneerOutcome(code, address);
    }

    /// Where a veneer at an address leads.
    public Long veneerDestination(long address) {
        return architecture.veneerDestination(code, address);
    }

    /// All bytes of the code.
    public byte[] codeBytes() {
        return code.copy(code.address(), (int) code.size());
    }

    /// What the function of a site returns.
    public int run(String site) throws IOException {
        Path changed = Files.write(folder.resolve("changed"), bytes);
        changed.toFile().setExecutable(true);
        List<String> command = new ArrayList<>(emulator);
        command.addAll(List.of(changed.toString(), site));
        return Integer.parseInt(Run.succeeding(folder, command).output().strip());
    }

    private byte[] old(Instruction site) {
        return code.copy(site.address(), site.length());
    }

    private void write(long address, byte[] replacement) {
        int offset = Math.toIntExact(
                file.offsetOf(new Address(address)).orElseThrow().value());
        System.arraycopy(replacement, 0, bytes, offset, replacement.length);
    }
}
