package dev.repoint.machine.plan;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.FileReplacement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Writes a patched file.
///
/// 1. Copy the file beside the place where the new one belongs.
/// 2. Give back what the plan says, and compare all bytes that are to change with what the plan expects.
/// 3. Write all edits into the copy.
/// 4. Give it the permission bits of the original, and rename it to its place.
///
/// A program that runs from the file, or a process that has it mapped, keeps the old one. Until the rename the
/// place is as it was, whatever fails.
public final class FilePatch {

    private FilePatch() {}

    /// Writes a file with the edits of a plan.
    ///
    /// @param file as it was read from its path
    /// @param plan for that file
    /// @param out  the new file; may exist, and may be the file itself
    /// @throws ElfException if the file changed since it was read, or cannot be copied, or the new one not be
    ///     written
    public static void write(ElfFile file, Plan plan, Path out) throws ElfException {
        write(file, plan, out, false);
    }

    /// The same for a file whose last bytes were not read.
    ///
    /// @param isCut whether the new file ends where the bytes end that were read: [AppendedSignature]
    /// @throws ElfException as for the other one
    public static void write(ElfFile file, Plan plan, Path out, boolean isCut) throws ElfException {
        try (FileReplacement replacement = FileReplacement.copyOf(Path.of(file.name()), out)) {
            if (isCut) {
                replacement.cut(new FileOffset(file.bytes().byteSize()));
            }
            long end = restore(file, plan.restored(), replacement);
            for (Edit edit : plan.edits()) {
                if (edit.isGrowth()) {
                    requireEnd(replacement, end, file.name());
                    replacement.write(edit.offset(), edit.replacement());
                    end = edit.end();
                }
            }
            compare(file.name(), replacement, plan.edits());
            for (Edit edit : plan.edits()) {
                if (!edit.isGrowth()) {
                    replacement.write(edit.offset(), edit.replacement());
                }
            }
            replacement.publish();
        }
    }

    /// Makes the copy what the plan's edits are for.
    ///
    /// @return the size of the copy
    private static long restore(ElfFile file, Plan.Restored restored, FileReplacement copy) throws ElfException {
        compare(file.name(), copy, restored.edits());
        for (Edit edit : restored.edits()) {
            copy.write(edit.offset(), edit.replacement());
        }
        if (restored.size() < 0) {
            return file.bytes().byteSize();
        }
        copy.cut(new FileOffset(restored.size()));
        return restored.size();
    }

    private static void compare(String name, FileReplacement copy, List<Edit> edits) throws ElfException {
        for (Edit edit : edits) {
            if (edit.isGrowth()) {
                continue;
            }
            byte[] found = copy.read(edit.offset(), edit.length());
            if (!Arrays.equals(found, edit.expected())) {
                HexFormat hex = HexFormat.ofDelimiter(" ");
                throw new ElfException(name + ": " + edit.key() + ": at offset " + edit.offset() + " stand the bytes "
                        + hex.formatHex(found) + ", and the plan expects " + hex.formatHex(edit.expected())
                        + "; the file changed since it was read, so plan the patch again");
            }
        }
    }

    private static void requireEnd(FileReplacement copy, long end, String name) throws ElfException {
        if (copy.read(new FileOffset(end), 1).length != 0) {
            throw new ElfException(name + ": the file got longer since it was read; plan the patch again");
        }
    }
}
