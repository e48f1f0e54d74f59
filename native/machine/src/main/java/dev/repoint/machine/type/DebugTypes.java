package dev.repoint.machine.type;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.dwarf.FunctionType;
import dev.repoint.elf.dwarf.FunctionTypes;
import dev.repoint.elf.function.DebugFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The types of functions of several files, from the debug information in the file, else in its debug file. Each file is
/// read once; one without debug information, or with malformed debug information, has none. Not thread-safe.
public final class DebugTypes {

    private static final String INFO = ".debug_info";

    private final DebugFiles search;
    private final Map<ElfFile, Optional<FunctionTypes>> known = new HashMap<>();

    /// A function and the file that defines it.
    ///
    /// @param sourceFile the source file of one of several functions of that name; empty for any
    public record Function(ElfFile file, String name, String sourceFile) {}

    /// A question about one function.
    private interface Question<T> {
        Optional<T> ask(FunctionTypes types) throws ElfFormatException;
    }

    /// Nothing was read yet.
    ///
    /// @param search where debug files are looked for
    public DebugTypes(DebugFiles search) {
        this.search = search;
    }

    /// The file that has the debug information of a file: itself, or its debug file.
    public static ElfFile source(ElfFile file, DebugFiles search) {
        return file.section(INFO).isPresent() ? file : search.find(file).file().orElse(file);
    }

    /// The type of a function, if that is known.
    public Optional<FunctionType> of(Function function) {
        return ask(function, types -> types.of(function.name, function.sourceFile));
    }

    /// The reason for which `zero` is no target of a function; empty if it is one, or its type is not known.
    public Optional<String> zero(Function function) {
        return ask(function, types -> TypeMismatch.zero(types, function.name, function.sourceFile));
    }

    /// The reason for which `nothing` is no target of a function; empty if it is one, or its type is not known.
    public Optional<String> nothing(Function function) {
        return ask(function, types -> TypeMismatch.never(types, function.name, function.sourceFile, "nothing"));
    }

    private <T> Optional<T> ask(Function function, Question<T> question) {
        try {
            FunctionTypes types = types(function.file);
            return types == null ? Optional.empty() : question.ask(types);
        } catch (ElfFormatException e) {
            known.put(function.file, Optional.empty());
            return Optional.empty();
        }
    }

    private @Nullable FunctionTypes types(ElfFile file) throws ElfFormatException {
        Optional<FunctionTypes> types = known.get(file);
        if (types == null) {
            ElfFile source = source(file, search);
            types = source.section(INFO).isEmpty() ? Optional.empty() : Optional.of(FunctionTypes.of(source));
            known.put(file, types);
        }
        return types.orElse(null);
    }
}
