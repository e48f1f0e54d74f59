package dev.repoint.machine.entry;

import dev.repoint.elf.ElfException;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Mover;
import dev.repoint.machine.instruction.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Code that is no function to be diverted, whatever its instructions are.
final class SpecialEntries {

    /// Signal handlers compare the instruction pointer with addresses in these functions: of HotSpot, which reads
    /// memory that may not be there, and of glibc (from 2.41) and musl, which cancel threads in system calls.
    private static final List<String> KEYED = List.of("SafeFetch", "__syscall_cancel_arch", "__syscall_cp_asm");
    /// `mov $15,%rax; syscall`: what unwinders look for at the return address of a signal handler.
    private static final byte[] RESTORE_RT = {0x48, (byte) 0xc7, (byte) 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05};
    /// `mov x8, #139; svc #0`, the same of AArch64.
    private static final byte[] RESTORE_RT_AARCH64 = {0x68, 0x11, (byte) 0x80, (byte) 0xd2, 0x01, 0, 0, (byte) 0xd4};

    private SpecialEntries() {}

    static void check(EntryModule module, Code code, long address, List<String> names) throws Refusal, ElfException {
        String place = EntryNames.of(names, address);
        if (module.isLinkage(address)) {
            throw new Refusal(
                    RefusalReason.NOT_AN_ENTRY,
                    "%s lies in the procedure linkage table; patch the function that it leads to, or its slot"
                            .formatted(place));
        }
        if (module.isIndirect(address)) {
            throw new Refusal(
                    RefusalReason.INDIRECT_FUNCTION,
                    "%s chooses a function when the program is loaded (IFUNC); patch the function that it chose%s"
                            .formatted(place, candidates(module, code, address)));
        }
        for (String name : names) {
            if (ColdParts.isName(name)) {
                throw new Refusal(
                        RefusalReason.COLD_PART,
                        "%s is the part of a function that rarely runs, and is jumped to; patch %s"
                                .formatted(place, ColdParts.owner(name)));
            }
            if (KEYED.stream().anyMatch(name::contains)) {
                throw new Refusal(
                        RefusalReason.KEYED_BY_ADDRESS,
                        "a signal handler compares instruction pointers with addresses in %s; patch its callers"
                                .formatted(place));
            }
        }
        if (ColdParts.isDescribed(module, address)) {
            throw new Refusal(
                    RefusalReason.COLD_PART,
                    "%s is a part of a function, and is jumped to: its unwind entry begins with a frame; patch the function that jumps there"
                            .formatted(place));
        }
        if (starts(code, address, RESTORE_RT) || starts(code, address, RESTORE_RT_AARCH64)) {
            throw new Refusal(
                    RefusalReason.KEYED_BY_ADDRESS,
                    "signal handlers return to %s, and unwinders know it by its bytes; it cannot be patched"
                            .formatted(place));
        }
    }

    /// The functions whose addresses a resolver forms, as a part of a sentence.
    private static String candidates(EntryModule module, Code code, long address) {
        Mover mover = module.architecture().mover();
        long end = module.end(address);
        Set<String> found = new LinkedHashSet<>();
        for (long at = address; at < end; ) {
            Step step = mover.step(code, at);
            if (step == null) {
                break;
            }
            long destination = step.destination();
            if (step.isRelative() && step.flow() == Step.Flow.NEXT && module.isStart(destination)) {
                List<String> names = module.names(destination);
                found.add(names.isEmpty() ? "0x" + Long.toHexString(destination) : names.getFirst());
            }
            at = step.end();
        }
        return found.isEmpty() ? "" : ", one of " + String.join(", ", found);
    }

    private static boolean starts(Code code, long address, byte[] bytes) {
        if (!code.contains(address, bytes.length)) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (code.u8(address + i) != (bytes[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}
