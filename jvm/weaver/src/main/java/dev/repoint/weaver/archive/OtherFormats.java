package dev.repoint.weaver.archive;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/// Recognises files of formats that Repoint does not read, by their first four bytes.
final class OtherFormats {

    private OtherFormats() {}

    /// The format, and the next step for the user.
    ///
    /// @return the text that follows the name of the file; empty if the format is unknown
    static Optional<String> what(Path file, byte[] start) {
        String hex = HexFormat.of().formatHex(start);
        return Optional.ofNullable(
                switch (hex) {
                    case "213c6172" ->
                        "is an archive of object files: extract them with 'ar x " + file
                                + "', and name the object files";
                    case "213c7468" ->
                        "is a thin archive: it only names object files; 'ar t " + file + "' lists them, name those";
                    case "4243c0de", "dec0170b" ->
                        "is LLVM bitcode, as compilers write it for link-time optimisation (-flto): it contains no"
                                + " machine code; compile without -flto, or name the linked file";
                    case "feedface", "cefaedfe", "feedfacf", "cffaedfe" ->
                        "is a Mach-O file of macOS; Repoint reads ELF files";
                    case "fd377a58" -> "is compressed by xz: unpack it with 'xz -dk " + file + "', and name the result";
                    case "28b52ffd" ->
                        "is compressed by zstd: unpack it with 'zstd -dk " + file + "', and name the result";
                    default ->
                        hex.startsWith("1f8b")
                                ? "is compressed by gzip: unpack it with 'gzip -dk " + file + "', and name the result"
                                : hex.startsWith("425a68")
                                        ? "is compressed by bzip2: unpack it with 'bzip2 -dk " + file
                                                + "', and name the result"
                                        : hex.startsWith("2321")
                                                ? "is a script; name the program that it starts"
                                                : hex.startsWith("4d5a")
                                                        ? "is a PE file of Windows; Repoint reads ELF files"
                                                        : null;
                });
    }
}
