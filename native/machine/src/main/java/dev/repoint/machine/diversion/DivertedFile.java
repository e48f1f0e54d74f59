package dev.repoint.machine.diversion;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A file, and the file that it was before functions were diverted at their entries.
///
/// If nothing else changed the file since, the original comes back byte for byte. A file that was stripped or changed by
/// patchelf since keeps its added segment; only the code comes back.
public final class DivertedFile {

    /// The name of the section with the record.
    static final String SECTION = ".repoint.entries";
    private static final long LARGEST = 1 << 26;

    private final ElfFile file;
    private final Optional<DiversionRecord> record;
    private final ElfFile original;
    private final List<ChangedBytes> undo;
    private final boolean isUntouched;

    private DivertedFile(
            ElfFile file,
            Optional<DiversionRecord> record,
            ElfFile original,
            List<ChangedBytes> undo,
            boolean isUntouched) {
        this.file = file;
        this.record = record;
        this.original = original;
        this.undo = undo;
        this.isUntouched = isUntouched;
    }

    /// Reads what a file keeps; a file without diversions is its own original.
    ///
    /// @throws ElfException if the original cannot be read
    public static DivertedFile of(ElfFile file) throws ElfException {
        Optional<DiversionRecord> record = record(file);
        if (record.isEmpty()) {
            return new DivertedFile(file, record, file, List.of(), true);
        }
        boolean isUntouched = isUntouched(file, record.get());
        List<ChangedBytes> undo = isUntouched ? record.get().changes() : code(file, record.get());
        byte[] bytes = file.bytes().toArray(ValueLayout.JAVA_BYTE);
        for (ChangedBytes each : undo) {
            System.arraycopy(each.old(), 0, bytes, (int) each.offset().value(), each.old().length);
        }
        byte[] cut = isUntouched ? Arrays.copyOf(bytes, (int) record.get().originalSize()) : bytes;
        ElfFile original = ElfFile.of(file.name(), MemorySegment.ofArray(cut));
        return new DivertedFile(file, record, original, undo, isUntouched);
    }

    /// The last one: a file that was diverted again after strip has several.
    private static Optional<DiversionRecord> record(ElfFile file) {
        Section last = null;
        for (Section section : file.sections()) {
            boolean isRecord = section.name().equals(SECTION) && section.hasBytes() && section.size() < LARGEST;
            if (isRecord && (last == null || section.address().compareTo(last.address()) > 0)) {
                last = section;
            }
        }
        return last == null
                ? Optional.empty()
                : DiversionFormat.read(
                        file.bytes().asSlice(last.offset().value(), last.size()).toArray(ValueLayout.JAVA_BYTE));
    }

    /// Whether nothing but Repoint changed the file since.
    private static boolean isUntouched(ElfFile file, DiversionRecord record) {
        return file.bytes().byteSize() == record.size()
                && record.originalSize() > 0
                && record.originalSize() < record.size()
                && record.changes().stream().allMatch(each -> stands(file, each.offset(), each.now()));
    }

    private static boolean stands(ElfFile file, FileOffset offset, byte[] bytes) {
        boolean isInside = offset.value() >= 0 && offset.value() <= file.bytes().byteSize() - bytes.length;
        return isInside
                && file.bytes().asSlice(offset.value(), bytes.length).mismatch(MemorySegment.ofArray(bytes)) < 0;
    }

    /// The code that still is as it was changed, wherever it stands now.
    private static List<ChangedBytes> code(ElfFile file, DiversionRecord record) {
        List<ChangedBytes> code = new ArrayList<>();
        for (ChangedBytes each : record.changes()) {
            Optional<FileOffset> offset = each.isCode() ? file.offsetOf(new Address(each.address())) : Optional.empty();
            if (offset.isPresent() && stands(file, offset.get(), each.now())) {
                code.add(new ChangedBytes(each.address(), offset.get(), each.old(), each.now(), each.what()));
            }
        }
        return code;
    }

    /// The file as it is.
    public ElfFile file() {
        return file;
    }

    /// The file without its diversions.
    public ElfFile original() {
        return original;
    }

    /// The diversions that are in effect.
    public List<Diversion> diversions() {
        return record.map(DiversionRecord::diversions).orElse(List.of()).stream()
                .filter(each -> undo.stream().anyMatch(bytes -> bytes.address() == each.place()))
                .toList();
    }

    /// Whether nothing but Repoint changed the file since: then the original is the file as it was, byte for byte.
    public boolean isUntouched() {
        return isUntouched;
    }

    /// What has to be changed back to get the original. Its size is that of the original.
    public List<ChangedBytes> undo() {
        return undo;
    }
}
