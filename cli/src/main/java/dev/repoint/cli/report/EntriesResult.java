package dev.repoint.cli.report;

import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.entry.EntryVerdict;
import java.nio.file.Path;
import java.util.List;

/// The functions of a file of native code, and whether each can be patched at its entry.
///
/// @param file      as it was named
/// @param machine   of its code
/// @param functions those that were asked for
public record EntriesResult(Path file, ElfMachine machine, List<Row> functions) implements SearchResult {

    /// A function.
    ///
    /// @param key     that means it
    /// @param size    in bytes; 0 if not known
    /// @param origin  what told of it: `.symtab`
    /// @param target  that it leads to now; `default` if it is not diverted
    /// @param verdict on its entry
    public record Row(String key, long size, String origin, String target, EntryVerdict verdict) {

        /// Whether its entry can be patched.
        boolean isAccepted() {
            return verdict instanceof EntryVerdict.Accepted;
        }

        /// How, or the reason in a few words.
        String text() {
            return switch (verdict) {
                case EntryVerdict.Accepted accepted -> accepted.means().text();
                case EntryVerdict.Refused refused ->
                    "refused: " + refused.reason().text();
            };
        }

        /// What a user should know, one text each.
        List<String> notes() {
            return switch (verdict) {
                case EntryVerdict.Accepted accepted ->
                    accepted.notes().stream().map(note -> note.text()).toList();
                case EntryVerdict.Refused refused -> List.of(refused.text());
            };
        }
    }

    /// Copies the list.
    public EntriesResult {
        functions = List.copyOf(functions);
    }

    @Override
    public boolean isEmpty() {
        return functions.isEmpty();
    }

    /// How many entries can be patched.
    long accepted() {
        return functions.stream().filter(Row::isAccepted).count();
    }
}
