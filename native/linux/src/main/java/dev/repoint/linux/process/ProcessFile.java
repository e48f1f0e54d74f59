package dev.repoint.linux.process;

import dev.repoint.elf.ElfFile;
import java.nio.file.Path;

/// A program or library that another process has loaded. Immutable.
///
/// @param name   in its dynamic section, else that of its file, or that by which the program was started;
///     `libx.so#2` if it is the second one of that name
/// @param path   of its file, as the process knows it
/// @param source where that file can be read
/// @param file   what it holds
/// @param bias   what is added to its addresses
public record ProcessFile(String name, Path path, Path source, ElfFile file, long bias) {}
