package dev.repoint.machine.diversion;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.segment.AddedSection;
import dev.repoint.elf.segment.AddedSegment;
import dev.repoint.elf.segment.FileWrite;
import dev.repoint.machine.entry.CopyUnwind;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.entry.Overwrite;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What diverts functions of a file: a new segment, jumps at the entries, and headers.
///
/// 1. Place the copies, and what stands between jumps and targets.
/// 2. Give the copies unwind entries, and make a new index of all unwind entries of the file.
/// 3. Point calls of the default in targets to the copies.
/// 4. Keep what was changed in a record: its length is known before its content.
public final class DivertedSegment {

    private static final int ALIGNMENT = 16;

    private final ElfFile file;
    private final EntryModule module;
    private final AddedSegment segment;
    private final List<AddedSection> sections = new ArrayList<>();
    private final List<Diversion> diversions = new ArrayList<>();
    private final List<ChangedBytes> code = new ArrayList<>();
    private final List<MovedCopy> copies = new ArrayList<>();
    private List<ChangedBytes> changes = List.of();
    private byte[] growth = {};

    /// A copy, and how backtraces leave it.
    private record Unwound(long copy, CopyUnwind unwind) {}

    private DivertedSegment(EntryModule module, AddedSegment segment) {
        this.file = module.file();
        this.module = module;
        this.segment = segment;
    }

    /// Makes it.
    ///
    /// @param module of the original file
    /// @throws ElfException if the file cannot have another segment, or its unwind entries cannot get more
    /// @throws OutOfRange   if something is too far away from the new segment
    public static DivertedSegment of(EntryModule module, List<WantedDiversion> wanted) throws ElfException, OutOfRange {
        DivertedSegment made = new DivertedSegment(module, AddedSegment.of(module.file()));
        made.addCode(wanted);
        made.finish(made.addUnwind(wanted));
        return made;
    }

    /// The diversions, in the order in which they were wanted.
    public List<Diversion> diversions() {
        return List.copyOf(diversions);
    }

    /// The bytes of the file that change.
    public List<ChangedBytes> changes() {
        return changes;
    }

    /// What the file grows by.
    public byte[] growth() {
        return growth.clone();
    }

    private void addCode(List<WantedDiversion> wanted) throws OutOfRange {
        Address start = next(segment.start(), ALIGNMENT);
        DivertedCode text = new DivertedCode(module.architecture(), start.value());
        Map<Long, Long> defaults = new HashMap<>();
        for (WantedDiversion each : wanted) {
            MovedCopy copy = text.copy(each.patch());
            copies.add(copy);
            defaults.put(each.patch().entry(), copy.address());
        }
        for (int i = 0; i < wanted.size(); i++) {
            WantedDiversion each = wanted.get(i);
            // A target that is diverted itself is meant as it was.
            Outcome outcome = each.outcome() instanceof Outcome.To(long target)
                    ? new Outcome.To(defaults.getOrDefault(target, target))
                    : each.outcome();
            Overwrite jump = each.patch().jump(text.destination(each.patch(), outcome));
            code.add(changed(jump.address(), jump.old(), jump.bytes(), "entry"));
            long copy = copies.get(i).address();
            diversions.add(new Diversion(
                    each.key(),
                    each.target(),
                    each.outcome(),
                    each.patch().entry(),
                    each.patch().place(),
                    copy));
            for (Instruction call : each.defaultCalls()) {
                code.add(redirected(call, copy));
            }
        }
        sections.add(new AddedSection(".repoint.text", start, true, text.bytes()));
    }

    private ChangedBytes redirected(Instruction call, long copy) throws OutOfRange {
        FileOffset offset = file.offsetOf(new Address(call.address())).orElseThrow();
        byte[] old = file.bytes().asSlice(offset.value(), call.length()).toArray(ValueLayout.JAVA_BYTE);
        byte[] now = module.architecture().encode(call, old, new Outcome.To(copy), VeneerSource.NONE);
        return new ChangedBytes(call.address(), offset, old, now, "call of the default");
    }

    private ChangedBytes changed(long address, byte[] old, byte[] now, String what) {
        return new ChangedBytes(address, file.offsetOf(new Address(address)).orElseThrow(), old, now, what);
    }

    /// @return the new index; empty if the file has none
    private Optional<AddedSection> addUnwind(List<WantedDiversion> wanted) throws ElfException, OutOfRange {
        UnwindIndex index = UnwindIndex.of(file).orElse(null);
        if (index == null) {
            return Optional.empty();
        }
        List<Unwound> unwinds = new ArrayList<>();
        List<Long> exceptions = new ArrayList<>();
        List<byte[]> tables = new ArrayList<>();
        long start = next(sections.getLast().end(), ALIGNMENT).value();
        long at = start;
        for (int i = 0; i < copies.size(); i++) {
            CopyUnwind unwind =
                    CopyUnwind.of(module, wanted.get(i).patch(), copies.get(i)).orElse(null);
            if (unwind != null) {
                unwinds.add(new Unwound(copies.get(i).address(), unwind));
                exceptions.add(at);
                tables.add(unwind.exceptions(at));
                at = aligned(at + unwind.exceptionsLength(), Long.BYTES);
            }
        }
        add(".repoint.except", start, at, tables, exceptions);
        frames(unwinds, exceptions, next(sections.getLast().end(), ALIGNMENT).value(), index);
        Address place = next(sections.getLast().end(), ALIGNMENT);
        AddedSection added = new AddedSection(".repoint.index", place, false, index.bytes(place.value()));
        sections.add(added);
        return Optional.of(added);
    }

    private void frames(List<Unwound> unwinds, List<Long> exceptions, long start, UnwindIndex index) throws OutOfRange {
        List<byte[]> frames = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        long at = start;
        for (int i = 0; i < unwinds.size(); i++) {
            byte[] bytes = unwinds.get(i).unwind().frames(at, exceptions.get(i));
            int common = Integer.BYTES
                    + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
            index.add(unwinds.get(i).copy(), at + common);
            frames.add(bytes);
            places.add(at);
            at += bytes.length;
        }
        frames.add(CopyUnwind.terminator());
        places.add(at);
        add(".repoint.frames", start, at + CopyUnwind.terminator().length, frames, places);
    }

    private void add(String name, long start, long end, List<byte[]> parts, List<Long> places) {
        if (end > start) {
            ByteBuffer bytes = ByteBuffer.allocate((int) (end - start));
            for (int i = 0; i < parts.size(); i++) {
                bytes.put((int) (places.get(i) - start), parts.get(i));
            }
            sections.add(new AddedSection(name, new Address(start), false, bytes.array()));
        }
    }

    private void finish(Optional<AddedSection> index) {
        Address place = next(sections.getLast().end(), ALIGNMENT);
        byte[] draft = DiversionFormat.write(record(writes(place, new byte[0], index)));
        List<FileWrite> writes = writes(place, draft, index);
        DiversionRecord record = record(writes);
        writes = writes(place, DiversionFormat.write(record), index);
        changes = record.changes();
        growth = writes.getLast().bytes();
    }

    private List<FileWrite> writes(Address place, byte[] record, Optional<AddedSection> index) {
        List<AddedSection> all = new ArrayList<>(sections);
        all.add(new AddedSection(DivertedFile.SECTION, place, false, record));
        return segment.writes(all, index);
    }

    private DiversionRecord record(List<FileWrite> writes) {
        List<ChangedBytes> all = new ArrayList<>(code);
        for (FileWrite each : writes.subList(0, writes.size() - 1)) {
            byte[] old = file.bytes()
                    .asSlice(each.offset().value(), each.bytes().length)
                    .toArray(ValueLayout.JAVA_BYTE);
            all.add(new ChangedBytes(0, each.offset(), old, each.bytes(), each.what()));
        }
        return new DiversionRecord(
                diversions, all, file.bytes().byteSize(), writes.getLast().end().value());
    }

    private static Address next(Address at, int alignment) {
        return new Address(aligned(at.value(), alignment));
    }

    private static long aligned(long number, int unit) {
        return (number + unit - 1) / unit * unit;
    }
}
