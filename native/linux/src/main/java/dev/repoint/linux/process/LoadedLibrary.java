package dev.repoint.linux.process;

import java.nio.file.Path;

/// A library that another process has loaded for us.
///
/// @param path   as that process knows it
/// @param handle that `dlopen` gave it
record LoadedLibrary(Path path, long handle) {}
