package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Note;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// What the program's own code says about its patchables: the records that `repoint.h` leaves in
/// `.note.repoint`.
///
/// Each is a note (gABI chapter 5) of the owner `Repoint`. Its descriptor is the symbol and the symbol of the
/// default, each with a zero byte behind it. Its type says what the symbol is. Notes of another type or form
/// are none of ours.
///
/// @param hooks    symbols of hooks
/// @param noipa    symbols of functions that gcc has compiled with `noipa`
/// @param pointers symbols of variables that are, or have, patchable pointers
record Declarations(Set<String> hooks, Set<String> noipa, Set<String> pointers) {

    private static final String OWNER = "Repoint";
    private static final int HOOK = 1;
    private static final int NOIPA = 2;
    private static final int POINTER = 3;

    static Declarations of(ElfFile file) {
        Declarations found = new Declarations(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (Note note : file.notes()) {
            if (!note.owner().equals(OWNER)) {
                continue;
            }
            String symbol = firstText(note);
            if (symbol.isEmpty()) {
                continue;
            }
            switch (note.type()) {
                case HOOK -> found.hooks.add(symbol);
                case NOIPA -> found.noipa.add(symbol);
                case POINTER -> found.pointers.add(symbol);
                default -> {} // of a later header
            }
        }
        return found;
    }

    boolean isHook(String symbol) {
        return !hooks.isEmpty() && hooks.contains(symbol);
    }

    boolean isNoipa(String symbol) {
        return !noipa.isEmpty() && noipa.contains(symbol);
    }

    boolean isPointer(String symbol) {
        return !pointers.isEmpty() && pointers.contains(symbol);
    }

    private static String firstText(Note note) {
        byte[] bytes = note.descriptor().toArray(ValueLayout.JAVA_BYTE);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end == bytes.length ? "" : new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
