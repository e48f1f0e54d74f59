package dev.repoint.it.entries;

import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.instruction.Step;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Compares the instructions that the planner moves with those that `objdump` sees in the same bytes.
final class Lengths {

    /// Moved instructions, and room behind.
    private static final int SLOT = 64;
    private static final byte NOP = (byte) 0x90;
    /// `objdump` shows `fwait` and the instruction behind it as one.
    private static final int WAIT = 0x9b;

    private Lengths() {}

    /// @return how many entries agree
    /// @throws IllegalStateException if one does not
    static int compare(FileCensus census, List<EntryPatch> patches) throws IOException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (EntryPatch patch : patches) {
            byte[] slot = new byte[SLOT];
            Arrays.fill(slot, NOP);
            byte[] moved = patch.movedBytes();
            System.arraycopy(moved, 0, slot, 0, moved.length);
            all.writeBytes(slot);
        }
        Path file = Files.createTempFile("entries", ".bin");
        BitSet boundaries = new BitSet();
        try {
            Files.write(file, all.toByteArray());
            Process objdump = new ProcessBuilder(
                            "objdump",
                            "-D",
                            "-z",
                            "-b",
                            "binary",
                            "-m",
                            "i386:x86-64",
                            "--no-show-raw-insn",
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = objdump.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int colon = line.indexOf(":\t");
                    if (colon > 0 && !line.contains("(bad)")) {
                        boundaries.set(Integer.parseInt(line.substring(0, colon).strip(), 16));
                    }
                }
            }
            if (objdump.waitFor() != 0) {
                throw new IllegalStateException("objdump failed");
            }
        } finally {
            Files.delete(file);
        }
        for (int i = 0; i < patches.size(); i++) {
            compare(census, patches.get(i), boundaries, i * SLOT);
        }
        return patches.size();
    }

    private static void compare(FileCensus census, EntryPatch patch, BitSet boundaries, int slot) {
        for (byte each : patch.movedBytes()) {
            if ((each & 0xff) == WAIT) {
                return;
            }
        }
        BitSet own = new BitSet();
        for (Step step : patch.moved()) {
            own.set((int) (step.address() - patch.place()));
        }
        int length = (int) (patch.resume() - patch.place());
        own.set(length);
        BitSet theirs = boundaries.get(slot, slot + length + 1);
        if (!own.equals(theirs)) {
            throw new IllegalStateException("%s, 0x%x: instructions begin at %s, but objdump says %s"
                    .formatted(census.path(), patch.entry(), own, theirs));
        }
    }
}
