package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import java.util.List;

/// The members of the structs, classes and unions that the variables of a file are (`.debug_info`, DWARF 5,
/// sections 4.1 and 5.7). Used by one thread at a time.
///
/// Variables of namespaces are found by their linkage names, if the compiler noted them; those of functions are
/// not found. A pointer to a struct, or holds an array of them, has no members at its place.
public final class Members {

    private final Variables variables;
    private final MemberWalk walk;

    private Members(Variables variables, MemberWalk walk) {
        this.variables = variables;
        this.walk = walk;
    }

    /// Finds the variables of a file; none if it has no debug information.
    ///
    /// @throws ElfFormatException if the debug information is malformed
    public static Members of(ElfFile file) throws ElfFormatException {
        DebugSections sections = new DebugSections(file);
        Texts texts = new Texts(file, sections);
        Units units = new Units(sections, texts);
        return new Members(new Variables(units, texts), new MemberWalk(units, texts));
    }

    /// The members of a variable, those of members included, in the order of their declaration. Empty if no
    /// variable has the name, or it is not a struct, class or union. Of several, the first definition counts.
    ///
    /// @param variable the name of its symbol
    /// @throws ElfFormatException if the debug information is malformed
    public List<Member> of(String variable) throws ElfFormatException {
        return of(variable, "");
    }

    /// The members of a variable of one source file.
    ///
    /// @param variable   the name of its symbol
    /// @param sourceFile the name of the file, with or without its folder, as a symbol table gives it for local
    ///     symbols; empty for any
    /// @throws ElfFormatException if the debug information is malformed
    public List<Member> of(String variable, String sourceFile) throws ElfFormatException {
        for (Variables.Variable each : variables.named(variable)) {
            if (sourceFile.isEmpty() || baseName(each.sourceFile()).equals(baseName(sourceFile))) {
                List<Member> members = walk.membersOf(each.type());
                if (!members.isEmpty()) {
                    return members;
                }
            }
        }
        return List.of();
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
