package dev.repoint.linux.process;

import dev.repoint.elf.ElfFile;
import java.nio.file.Path;

/// A program or library that another process has loaded. Immutable.
///
/// @param name   the name in its dynamic section, else that of its file, or the name by which the program was
///     started; `libx.so#2` for the second one of that name
/// @param path   of its file, as the process knows it
/// @param source a path by which this process can read the file
/// @param file   its content
/// @param bias   the difference between its addresses in memory and those in the file
public record ProcessFile(String name, Path path, Path source, ElfFile file, long bias) {}
