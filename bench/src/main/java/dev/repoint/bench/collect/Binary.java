package dev.repoint.bench.collect;

import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file whose sites are collected.
///
/// @param name in tables
/// @param file where it is
record Binary(String name, Path file) {

    private static final List<String> CLANG = List.of(
            "/usr/lib/llvm-14/lib/libclang-cpp.so.14",
            "/usr/lib/x86_64-linux-gnu/libclang-cpp.so.14",
            "/usr/lib/llvm-19/lib/libclang-cpp.so.19.1");

    /// Those that are on this machine; says which are not, and how to get them.
    static List<Binary> present(Settings settings) throws IOException, InterruptedException {
        List<Binary> present = new ArrayList<>();
        present.add(new Binary("100,000 calls", Generated.program(settings.scratch("collect"))));
        add(
                present,
                "redis-server",
                List.of(settings.root() + "/it/programs/target/redis/redis-server"),
                "build it with it/programs/run redis");
        add(
                present,
                "libjvm.so",
                List.of(System.getProperty("java.home") + "/lib/server/libjvm.so"),
                "run a HotSpot JVM");
        add(present, "libclang-cpp.so", CLANG, "install the package clang");
        return present;
    }

    private static void add(List<Binary> present, String name, List<String> places, String remedy) {
        for (String place : places) {
            if (Files.isReadable(Path.of(place))) {
                present.add(new Binary(name, Path.of(place)));
                return;
            }
        }
        System.out.println("collect: no " + name + " here, it is left out; " + remedy);
    }

    /// Its size in bytes.
    long size() throws IOException {
        return Files.size(file);
    }
}
