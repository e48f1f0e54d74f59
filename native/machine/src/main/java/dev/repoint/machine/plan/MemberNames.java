package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.SymbolType;
import dev.repoint.elf.dwarf.Member;
import dev.repoint.elf.dwarf.Members;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.SiteTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Members of variables by their names: `ops.flush` is the pointer at the offset of `ops` that the file's debug
/// information has.
final class MemberNames {

    private final ElfFile file;
    private final SiteTable table;

    MemberNames(ElfFile file, SiteTable table) {
        this.file = file;
        this.table = table;
    }

    /// The key with the name of a member turned into its offset; the key itself if it names none. A symbol
    /// whose own name has a point goes first.
    ///
    /// @throws PlanException if it names a variable, and a member that the variable does not have
    NativeKey resolve(NativeKey key, ErrorContext context) throws PlanException {
        String name = key.symbol();
        if (table.find(key).isPresent() || !file.symbols().named(name).isEmpty()) {
            return key;
        }
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (isVariable(name.substring(0, dot))) {
                return member(
                        new NativeKey(name.substring(0, dot), key.version(), key.file(), 0),
                        name.substring(dot + 1),
                        context);
            }
        }
        return key;
    }

    /// Checks that one variable can be set to another one.
    ///
    /// @param other     the variable that was named as target; null if there is none
    /// @param otherSize its size in bytes
    /// @param name      of the target, as it was written
    /// @param size      of the variable that is set, in bytes
    /// @param pointers  the number of pointers to functions that the variable holds
    /// @return the other variable
    /// @throws PlanException if the other variable is not there or is of another type
    static <V> V requireLike(
            @Nullable V other,
            long otherSize,
            String name,
            NativeKey key,
            long size,
            int pointers,
            ErrorContext context)
            throws PlanException {
        if (other == null && pointers == 0) {
            throw context.fails("this variable holds no pointers to functions, and nothing calls through it");
        }
        if (other == null) {
            throw context.fails("it holds " + pointers + " pointers, and " + name
                    + " is no variable of this file; write one of them as " + key + "+0=" + name
                    + ", or name a variable of the same type");
        }
        if (otherSize != size) {
            throw context.fails("it has " + size + " bytes and " + name + " has " + otherSize
                    + ", so they are not of one type; name a variable of the same type");
        }
        return other;
    }

    private boolean isVariable(String name) {
        return file.symbols().named(name).stream().anyMatch(symbol -> symbol.type() == SymbolType.OBJECT);
    }

    private NativeKey member(NativeKey variable, String name, ErrorContext context) throws PlanException {
        try {
            String source = variable.file().replaceFirst("#\\d+$", "");
            List<Member> members = Members.of(file).of(variable.symbol(), source);
            for (Member member : members) {
                if (member.name().equals(name)) {
                    return variable.at(member.offset());
                }
            }
            throw context.fails(
                    members.isEmpty()
                            ? "the file has no debug information about " + variable + "; compile it with -g, or write "
                                    + variable
                                    + "+8 for the pointer 8 bytes into it"
                            : variable + " has no member " + name
                                    + NearNames.question(
                                            name,
                                            members.stream().map(Member::name).toList()));
        } catch (ElfFormatException e) {
            throw context.fails("its debug information cannot be read: " + e.getMessage());
        }
    }
}
