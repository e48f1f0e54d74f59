package dev.repoint.elf.dwarf;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the personality routines of C, C++ and Rust know of a function: which calls have a landing pad, and for
/// which exceptions (`.gcc_except_table`; Itanium C++ ABI, "Exception Handling Tables").
///
/// @param landingStart what landing pads count from
/// @param types        the addresses of the types that filters name, the first one for filter 1, or of pointers to
///     them; 0 stands for all types
/// @param isIndirect   whether they are addresses of pointers
/// @param callSites    the ranges of code that an exception may pass
public record ExceptionTable(long landingStart, List<Long> types, boolean isIndirect, List<CallSite> callSites) {

    /// More actions in a row are a circle, and no function has more.
    private static final int MOST_ACTIONS = 1000;
    private static final int MOST_ACTIONS_OF_ALL = 1_000_000;

    /// Code that an exception may pass. Where no range is, none may.
    ///
    /// @param start   of the range
    /// @param end     behind the range
    /// @param landing where an exception goes on, as a distance from the start of landing pads; 0 if it passes
    /// @param action  the number of the first action, 0 for cleaning up only
    /// @param filters of the actions in their order: the number of a type, 0 for cleaning up, or negative
    public record CallSite(long start, long end, long landing, long action, List<Long> filters) {

        /// Copies the list.
        public CallSite {
            filters = List.copyOf(filters);
        }
    }

    /// Copies the lists.
    public ExceptionTable {
        types = List.copyOf(types);
        callSites = List.copyOf(callSites);
    }

    /// The table of a function.
    ///
    /// @return empty if it has none
    /// @throws ElfFormatException if the table is malformed
    public static Optional<ExceptionTable> of(ElfFile file, UnwindEntry function) throws ElfFormatException {
        long address = function.exceptions().value();
        for (Segment segment : file.segments()) {
            long distance = address - segment.address().value();
            if (address != 0 && segment.isLoaded() && distance >= 0 && distance < segment.fileSize()) {
                UnwindSection bytes = UnwindSection.of(
                        file, address, segment.offset().value() + distance, segment.fileSize() - distance);
                return Optional.of(read(bytes, function.start().value()));
            }
        }
        return Optional.empty();
    }

    /// The range that an instruction lies in; empty if no exception may pass it.
    public Optional<CallSite> at(Address instruction) {
        for (CallSite site : callSites) {
            if (instruction.value() >= site.start && instruction.value() < site.end) {
                return Optional.of(site);
            }
        }
        return Optional.empty();
    }

    private static ExceptionTable read(UnwindSection bytes, long start) throws ElfFormatException {
        Cursor cursor = bytes.cursor(0);
        int landingEncoding = cursor.u8();
        long landingStart = landingEncoding == PointerEncoding.OMITTED
                ? start
                : PointerEncoding.read(cursor, landingEncoding, bytes.address(), 0);
        int typeEncoding = cursor.u8();
        long typesEnd = 0;
        if (typeEncoding != PointerEncoding.OMITTED) {
            typesEnd = cursor.uleb();
            typesEnd += bytes.address() + cursor.at();
        }
        int siteEncoding = cursor.u8();
        long length = cursor.uleb();
        long actions = cursor.at() + length;
        cursor.limit(length);
        List<CallSite> sites = new ArrayList<>();
        int actionCount = 0;
        while (cursor.hasMore()) {
            long from = start + PointerEncoding.value(cursor, siteEncoding);
            long size = PointerEncoding.value(cursor, siteEncoding);
            long landing = PointerEncoding.value(cursor, siteEncoding);
            long action = cursor.uleb();
            List<Long> filters = action == 0 ? List.of() : filters(bytes.cursor(0), actions + action - 1);
            actionCount += filters.size();
            if (actionCount > MOST_ACTIONS_OF_ALL) {
                throw cursor.malformed("an exception table has more than a million actions");
            }
            sites.add(new CallSite(from, from + size, landing, action, filters));
        }
        long most = 0;
        for (CallSite site : sites) {
            for (long filter : site.filters) {
                most = Math.max(most, filter);
            }
        }
        List<Long> types = types(bytes, typeEncoding, typesEnd, most);
        return new ExceptionTable(landingStart, types, (typeEncoding & PointerEncoding.INDIRECT) != 0, sites);
    }

    /// Types stand one before the other, the first one last.
    private static List<Long> types(UnwindSection bytes, int encoding, long end, long count) throws ElfFormatException {
        List<Long> types = new ArrayList<>();
        if (count == 0) {
            return types;
        }
        int size = PointerEncoding.size(encoding);
        Cursor cursor = bytes.cursor(0);
        if (size == 0 || count > (end - bytes.address()) / size) {
            throw cursor.malformed("an action names type " + count + ", which is not there");
        }
        for (long i = 1; i <= count; i++) {
            cursor.to(end - bytes.address() - i * size);
            types.add(PointerEncoding.readOrZero(cursor, encoding, bytes.address()));
        }
        return types;
    }

    /// An action is a filter, and the distance from there to the next action.
    private static List<Long> filters(Cursor cursor, long first) throws ElfFormatException {
        List<Long> filters = new ArrayList<>();
        long at = first;
        for (int i = 0; i < MOST_ACTIONS; i++) {
            cursor.to(at);
            filters.add(cursor.sleb());
            long place = cursor.at();
            long distance = cursor.sleb();
            if (distance == 0) {
                return filters;
            }
            at = place + distance;
        }
        throw cursor.malformed("the actions of an exception table lead in a circle");
    }
}
