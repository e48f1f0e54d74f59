package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The veneers of a linked file: those that stand there already, and new ones in [Padding] or in a
/// [SegmentTail]. Serves one plan.
final class VeneerAllocator implements VeneerSource {

    private final Image image;
    private final Functions functions;
    private final List<SegmentTail> tails = new ArrayList<>();
    private final Supplier<Set<Long>> destinations;
    private final Set<Long> kept = new HashSet<>();
    private final Map<Veneer, ErrorContext> built = new LinkedHashMap<>();
    private @Nullable List<Veneer> standing;
    private @Nullable Padding padding;
    private ErrorContext asking;

    /// @param address of its first instruction
    /// @param outcome what it does
    /// @param length  in bytes
    record Veneer(long address, Outcome outcome, int length) {
        long end() {
            return address + length;
        }
    }

    /// @param destinations asked once for all addresses that sites of the file go to and that are not their
    ///     defaults
    VeneerAllocator(Image image, Functions functions, Supplier<Set<Long>> destinations) {
        this.image = image;
        this.functions = functions;
        this.destinations = destinations;
        this.asking = ErrorContext.of(image.file().name(), "");
        for (int i = 0; i < image.file().segments().size(); i++) {
            SegmentTail tail = SegmentTail.of(image.file(), i);
            if (tail != null) {
                tails.add(tail);
            }
        }
    }

    /// The veneer of ours that stands at an address, if a site uses it that is not at its default.
    ///
    /// @return null if there is none: a function stands there, or anything else
    @Nullable
    Veneer at(long address) {
        Code code = image.codeAt(address);
        if (code == null || functions.isClaimed(address)) {
            return null;
        }
        Outcome outcome = image.architecture().veneerOutcome(code, address);
        Long destination = outcome == null ? image.architecture().veneerDestination(code, address) : null;
        if (destination != null) {
            outcome = new Outcome.To(destination);
        }
        return outcome == null ? null : veneer(address, outcome);
    }

    private @Nullable Veneer veneer(long address, Outcome outcome) {
        try {
            return new Veneer(address, outcome, image.architecture().veneer(outcome, address).length);
        } catch (OutOfRange e) {
            return null; // a veneer of a linker, in a form that reaches further than ours
        }
    }

    /// Keeps a veneer that stands in the file, because a site goes on using it.
    ///
    /// @return true
    boolean keeps(Veneer veneer) {
        kept.add(veneer.address());
        return true;
    }

    /// Whether a veneer that stands in the file is used by a site that the plan decided about.
    boolean isKept(Veneer veneer) {
        return kept.contains(veneer.address());
    }

    /// Whose sites ask from now on.
    void askedBy(ErrorContext context) {
        asking = context;
    }

    /// All veneers of the file that sites use.
    private List<Veneer> standing() {
        List<Veneer> known = standing;
        if (known == null) {
            known = new ArrayList<>();
            for (long address : new TreeSet<>(destinations.get())) {
                Veneer veneer = at(address);
                if (veneer != null) {
                    known.add(veneer);
                }
            }
            standing = known;
        }
        return known;
    }

    @Override
    public long veneer(Outcome outcome, long lowest, long highest) throws OutOfRange {
        for (Collection<Veneer> each : List.of(built.keySet(), standing())) {
            for (Veneer veneer : each) {
                if (veneer.outcome().equals(outcome) && veneer.address() >= lowest && veneer.address() <= highest) {
                    keeps(veneer);
                    return veneer.address();
                }
            }
        }
        if (outcome instanceof Outcome.To && image.file().machine() == ElfMachine.X86_64) {
            return VeneerSource.NONE.veneer(outcome, lowest, highest); // holds an absolute address
        }
        int unit = image.architecture().veneerAlignment();
        int length = image.architecture().veneer(outcome, align(lowest, unit)).length;
        Long address = take(length, unit, lowest, highest);
        if (address == null) {
            throw new OutOfRange(
                    "no veneer can be put between 0x%x and 0x%x: there is no padding between functions there,"
                                    .formatted(Math.max(0, lowest), highest)
                            + " and no rest of a page; compile with -falign-functions=16, or link with"
                            + " -Wl,-z,separate-loadable-segments (lld)");
        }
        built.put(new Veneer(address, outcome, length), asking);
        return address;
    }

    private static long align(long address, int unit) {
        return address / unit * unit;
    }

    private @Nullable Long take(int length, int unit, long lowest, long highest) {
        if (padding == null) {
            padding = new Padding(image, functions);
        }
        long near = lowest / 2 + highest / 2;
        Long address = padding.take(length, near, lowest, highest);
        for (int i = 0; address == null && i < tails.size(); i++) {
            SegmentTail tail = tails.get(i);
            boolean ours = standing().stream().anyMatch(each -> each.end() == tail.end())
                    || built.keySet().stream().anyMatch(each -> each.end() == tail.end());
            address = tail.take(length, unit, lowest, highest, ours);
        }
        return address;
    }

    /// Whether a new veneer is to stand at an address.
    boolean isBuilt(long address) {
        return built.keySet().stream().anyMatch(each -> each.address() == address);
    }

    /// Whether a veneer was put where only the segment's size keeps it.
    boolean usesTail() {
        return built.keySet().stream().anyMatch(each -> tails.stream().anyMatch(tail -> tail.contains(each.address())));
    }

    /// The edits that put the new veneers where they are to stand, and take back those that no site uses
    /// any more.
    ///
    /// @param unused veneers that stand in the file
    List<Edit> edits(List<Veneer> unused) throws PlanException {
        List<Edit> edits = new ArrayList<>();
        for (Map.Entry<Veneer, ErrorContext> each : built.entrySet()) {
            Veneer veneer = each.getKey();
            ErrorContext context = each.getValue().at("veneer at " + new Address(veneer.address()));
            try {
                edits.add(edit(veneer, image.architecture().veneer(veneer.outcome(), veneer.address()), context));
            } catch (OutOfRange e) {
                throw context.fails(e);
            }
        }
        for (Veneer veneer : unused) {
            edits.add(edit(veneer, under(veneer), asking.at("veneer taken back at " + new Address(veneer.address()))));
        }
        for (SegmentTail tail : tails) {
            shorten(tail, unused);
            Edit sizes = tail.sizes(asking);
            if (sizes.changes()) {
                edits.add(sizes);
            }
        }
        return edits;
    }

    private void shorten(SegmentTail tail, List<Veneer> unused) {
        if (unused.stream().noneMatch(each -> tail.contains(each.address()))) {
            return;
        }
        long last = 0;
        for (Collection<Veneer> each : List.of(built.keySet(), standing())) {
            for (Veneer veneer : each) {
                if (tail.contains(veneer.address()) && !unused.contains(veneer)) {
                    last = Math.max(last, veneer.end());
                }
            }
        }
        tail.endAt(last);
    }

    private byte[] under(Veneer veneer) {
        int unit = image.architecture().veneerAlignment();
        Code code = image.codeAt(veneer.address());
        return code == null ? new byte[veneer.length()] : Padding.under(code, veneer.address(), veneer.length(), unit);
    }

    private Edit edit(Veneer veneer, byte[] replacement, ErrorContext context) {
        FileOffset offset = offset(veneer.address());
        return new Edit(
                image.section(veneer.address()),
                offset,
                new Address(veneer.address()),
                image.bytes(offset, veneer.length()),
                replacement,
                context.key(),
                context.site(),
                "",
                "");
    }

    private FileOffset offset(long address) {
        for (SegmentTail tail : tails) {
            if (tail.contains(address)) {
                return tail.offset(address);
            }
        }
        return image.file().offsetOf(new Address(address)).orElseThrow();
    }
}
