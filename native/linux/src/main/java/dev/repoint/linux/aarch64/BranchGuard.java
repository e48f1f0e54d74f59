package dev.repoint.linux.aarch64;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.ProcessFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Pages in which an indirect branch has to lead to a landing pad (Arm ARM, D8.4.6 "Guarded pages"; `PROT_BTI`).
final class BranchGuard {

    /// `PROT_BTI`.
    static final int PROTECTION = 0x10;

    private static final long HWCAP2_BTI = 1L << 17;
    private static final Path MAPS = Path.of("/proc/self/smaps");
    private static final String FLAGS = "VmFlags:";
    private static final boolean IS_THERE = (ProcessFeatures.hardware2() & HWCAP2_BTI) != 0;
    private static final int PADS = 0xffffff1f;
    private static final int HINT_BTI = 0xd503241f; // bti c, bti j and bti jc, but for two bits
    private static final int PACIASP = 0xd503233f; // paciasp
    private static final int PACIBSP = 0xd503237f; // pacibsp
    private static final int BTI_J = 0xd503249f; // bti j

    private BranchGuard() {}

    /// Whether an address is in a page that is guarded.
    static boolean isGuarded(long address) {
        if (!IS_THERE) {
            return false;
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(MAPS, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return false; // a kernel without this file guards nothing that we know of
        }
        boolean isInside = false;
        for (String line : lines) {
            int dash = line.indexOf('-');
            int space = line.indexOf(' ');
            if (line.startsWith(FLAGS)) {
                if (isInside) {
                    return List.of(line.substring(FLAGS.length()).strip().split(" "))
                            .contains("bt");
                }
            } else if (dash > 0 && dash < space && line.indexOf(':') > space) {
                isInside = Long.compareUnsigned(address, Long.parseUnsignedLong(line, 0, dash, 16)) >= 0
                        && Long.compareUnsigned(address, Long.parseUnsignedLong(line, dash + 1, space, 16)) < 0;
            }
        }
        return false;
    }

    /// Whether an indirect branch by `x16`, or an indirect call, may lead to an instruction.
    static boolean isLandingPad(long address) {
        int word = (int) Memory.bytesAsWord(address, Integer.BYTES);
        return (word & PADS) == HINT_BTI && word != BTI_J && word != HINT_BTI || word == PACIASP || word == PACIBSP;
    }
}
