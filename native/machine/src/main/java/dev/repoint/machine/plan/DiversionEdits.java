package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import dev.repoint.machine.diversion.ChangedBytes;
import dev.repoint.machine.diversion.Diversion;
import dev.repoint.machine.diversion.DivertedFile;
import dev.repoint.machine.diversion.DivertedSegment;
import dev.repoint.machine.diversion.WantedDiversion;
import dev.repoint.machine.instruction.OutOfRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a plan writes for diverted functions.
///
/// @param restored  what goes back first
/// @param growth    the new segment; none if nothing is diverted
/// @param edits     jumps, calls of defaults, and headers
/// @param givenBack entries that get their first instructions back, for people
record DiversionEdits(Plan.Restored restored, List<Edit> growth, List<Edit> edits, List<Edit> givenBack) {

    private static final DiversionEdits NONE =
            new DiversionEdits(Plan.Restored.NOTHING, List.of(), List.of(), List.of());

    /// @param planner that decided about all changes
    /// @param key     of the patch, for errors that concern the file
    static DiversionEdits of(DivertedFile file, DiversionPlanner planner, String key) throws PlanException {
        if (!file.isUntouched() && !planner.adds()) {
            return givenBackAlone(file, planner);
        }
        List<WantedDiversion> wanted =
                planner.wanted().stream().map(DivertedFunction::wanted).toList();
        if (wanted.isEmpty() && file.undo().isEmpty()) {
            return NONE;
        }
        ErrorContext context = ErrorContext.of(
                file.file().name(), wanted.isEmpty() ? key : wanted.getLast().key());
        List<Edit> growth = new ArrayList<>();
        List<Edit> edits = new ArrayList<>();
        if (!wanted.isEmpty()) {
            try {
                DivertedSegment segment = DivertedSegment.of(planner.module(), wanted);
                Map<Long, String> keys = keys(wanted);
                for (ChangedBytes each : segment.changes()) {
                    edits.add(edit(file.original(), each, keys.getOrDefault(each.address(), context.key())));
                }
                growth.add(growth(file.original(), segment.growth(), context));
            } catch (OutOfRange e) {
                throw context.fails(e);
            } catch (ElfException e) {
                throw context.fails(String.valueOf(e.getMessage()));
            }
        }
        return new DiversionEdits(restored(file, key), growth, edits, givenBack(file, planner));
    }

    private static Map<Long, String> keys(List<WantedDiversion> wanted) {
        Map<Long, String> keys = new HashMap<>();
        for (WantedDiversion each : wanted) {
            keys.put(each.patch().place(), each.key());
            each.defaultCalls().forEach(call -> keys.put(call.address(), each.key()));
        }
        return keys;
    }

    private static Edit edit(ElfFile file, ChangedBytes changed, String key) {
        return new Edit(
                section(file, changed),
                changed.offset(),
                new Address(changed.address()),
                changed.old(),
                changed.now(),
                key,
                changed.what(),
                changed.isCode() ? "" : "as linked",
                changed.isCode() ? "" : "with another segment");
    }

    private static Edit growth(ElfFile file, byte[] bytes, ErrorContext context) {
        return new Edit(
                "",
                new FileOffset(file.bytes().byteSize()),
                new Address(0),
                new byte[0],
                bytes,
                context.key(),
                "new segment",
                "the end of the file",
                "moved copies, their unwind entries, and what is needed for the way back");
    }

    private static String section(ElfFile file, ChangedBytes changed) {
        return changed.isCode()
                ? file.sectionAt(new Address(changed.address()))
                        .map(Section::name)
                        .orElse("")
                : "";
    }

    private static Plan.Restored restored(DivertedFile file, String key) {
        long size = file.original().bytes().byteSize();
        boolean isCut = size != file.file().bytes().byteSize();
        List<Edit> edits = new ArrayList<>();
        file.undo().forEach(each -> edits.add(back(file, each, key)));
        return new Plan.Restored(edits, isCut ? size : -1);
    }

    /// A file that was stripped since keeps its segment: what stays diverted stays as it is.
    private static DiversionEdits givenBackAlone(DivertedFile file, DiversionPlanner planner) {
        List<Edit> edits = givenBack(file, planner);
        return new DiversionEdits(new Plan.Restored(edits, -1), List.of(), List.of(), edits);
    }

    private static List<Edit> givenBack(DivertedFile file, DiversionPlanner planner) {
        List<Edit> edits = new ArrayList<>();
        for (Diversion each : file.diversions()) {
            for (ChangedBytes bytes : planner.isWanted(each.entry()) ? List.<ChangedBytes>of() : file.undo()) {
                if (bytes.address() == each.place()) {
                    edits.add(back(file, bytes, each.key()));
                }
            }
        }
        return edits;
    }

    private static Edit back(DivertedFile file, ChangedBytes changed, String key) {
        return edit(
                file.file(),
                new ChangedBytes(changed.address(), changed.offset(), changed.now(), changed.old(), changed.what()),
                key);
    }
}
