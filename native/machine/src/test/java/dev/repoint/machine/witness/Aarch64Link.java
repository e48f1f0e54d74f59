package dev.repoint.machine.witness;

import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Compiles and links for AArch64, with the linker of choice, which the cross compiler does not offer.
public final class Aarch64Link {

    private Aarch64Link() {}

    /// @param linker  bfd or lld
    /// @param source  one file in the folder
    /// @param compile options of the compiler
    /// @param link    options of the linker, separated by spaces
    public static void of(Path folder, String linker, String source, List<String> compile, String link)
            throws IOException {
        List<String> compiler =
                new ArrayList<>(List.of(Tool.AARCH64_GCC.required().command()));
        compiler.addAll(compile);
        compiler.addAll(List.of("-c", "-o", "object.o", source));
        Run.succeeding(folder, compiler);

        List<String> command = new ArrayList<>();
        command.add(
                linker.equals("lld") ? Tool.LLD.required().command() : "aarch64-linux-gnu-ld"); // beside the compiler
        command.addAll(List.of(link.split(" ")));
        command.add("object.o");
        Run.succeeding(folder, command);
    }
}
