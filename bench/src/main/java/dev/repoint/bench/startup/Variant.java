package dev.repoint.bench.startup;

import java.util.List;

/// A way to start the program.
///
/// @param name in tables
/// @param options of the JVM
/// @param classPath of the program
record Variant(String name, List<String> options, String classPath) {}
