package dev.repoint.linux.process;

import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.ElfType;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.file.FileFailure;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.mangling.NearNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A library that a process is to load: its properties before that.
///
/// @param path as it was named
/// @param file what it holds
record Library(Path path, ElfFile file) {

    private static final int SHOWN = 5;

    /// Looks at it.
    ///
    /// @param machine of the process
    /// @throws NativePatchException if it is none that the process can load
    static Library read(Path path, ElfMachine machine) {
        String option = "--load " + path;
        if (!Files.isRegularFile(path)) {
            throw ProcessRefusal.of(
                    option,
                    Files.isDirectory(path)
                            ? "is a folder; name a library in it"
                            : Files.exists(path) ? "is no regular file; name a library" : "there is no such file");
        }
        ElfFile file;
        try {
            if (!ElfFile.looksLikeElf(path)) {
                throw ProcessRefusal.of(option, "is no ELF file; build a library with cc -shared -fPIC");
            }
            file = ElfFile.read(path);
        } catch (ElfException e) {
            throw ProcessRefusal.because(option, "", e);
        } catch (IOException e) {
            throw ProcessRefusal.of(option, "cannot be read: " + FileFailure.reason(e));
        }
        if (file.machine() != machine) {
            throw ProcessRefusal.of(
                    option,
                    "is for " + file.machine().text() + ", and the process runs on " + machine.text()
                            + "; build it for that");
        }
        if (file.type() != ElfType.SHARED || file.isPie()) {
            throw ProcessRefusal.of(
                    option,
                    "is "
                            + (file.type() == ElfType.RELOCATABLE ? "an object file" : "a program")
                            + " and no shared library; build one with cc -shared -fPIC");
        }
        return new Library(path, file);
    }

    /// Whether it offers a function.
    boolean has(String name) {
        return functions().contains(name);
    }

    /// Some of the functions that it offers.
    String summary() {
        List<String> all = functions();
        return all.isEmpty()
                ? "no function that it offers"
                : String.join(", ", all.subList(0, Math.min(SHOWN, all.size()))) + (all.size() > SHOWN ? ", ..." : "");
    }

    /// The failure for a target that it does not have, and the process neither.
    NativePatchException missing(String key, String target) {
        String question = NearNames.question(target, functions());
        return ProcessRefusal.of(
                key,
                "there is no function " + target + " in " + path + " or in the process"
                        + (question.isEmpty() ? "; the library has " + summary() : question));
    }

    /// Whether it is what a process has loaded.
    boolean is(ElfFile other, Path loaded) {
        Optional<BuildId> build = file.buildId();
        return build.isPresent() && build.equals(other.buildId()) || isSameFile(loaded);
    }

    private boolean isSameFile(Path loaded) {
        try {
            return Files.isSameFile(path, loaded);
        } catch (IOException e) {
            return false; // the process sees other files
        }
    }

    private List<String> functions() {
        List<String> names = new ArrayList<>();
        SymbolTable symbols = file.dynamicSymbols();
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.isInSection(i) && symbols.type(i).isFunction()) {
                names.add(symbols.name(i));
            }
        }
        return names;
    }
}
