package dev.repoint.linux;

import java.nio.file.Path;

/// A program: one use of native patchables. Arguments: a folder, and which one. Ends with 0 if all of it holds.
final class Live {

    private Live() {}

    static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        switch (arguments[1]) {
            case "hook" -> new LiveFunctions(folder).hook();
            case "java" -> new LiveFunctions(folder).java();
            case "around-functions" -> new LiveAround(folder).functions();
            case "around-pointers" -> new LiveAround(folder).pointers();
            case "around-imports" -> new LiveAround(folder).imports();
            case "far" -> new LiveFunctions(folder).far();
            case "override" -> new LiveFunctions(folder).override();
            case "several" -> new LiveFunctions(folder).several();
            case "pointer" -> new LiveWords(folder).pointer();
            case "operations" -> new LiveWords(folder).operations();
            case "import" -> new LiveImports(folder).imported();
            case "importers" -> new LiveImports(folder).importers();
            case "libc" -> new LiveImports(folder).libc();
            case "unloading" -> new LiveModules(folder).unloading();
            case "refusals" -> new LiveModules(folder).refusals();
            case "replaced" -> new LiveModules(folder).replaced();
            case "changed" -> new LiveModules(folder).changed();
            case "stripped" -> new LiveModules(folder).stripped();
            case "no-build-id" -> new LiveModules(folder).noBuildId();
            case "state" -> new LiveModules(folder).state();
            case "no-room" -> new LiveFunctions(folder).noRoom();
            case "other-machine" -> new LiveModules(folder).otherMachine();
            case "types" -> new LiveTypes(folder).types();
            case "twice" -> new LiveFunctions(folder).twice();
            case "empty" -> new LiveModules(folder).empty();
            case "kinds" -> new LiveKinds(folder).kinds();
            case "storm" -> new LiveStorm(folder).storm();
            case "preloaded" -> new LivePreloaded(folder).preloaded();
            case "jemalloc" -> new LivePreloaded(folder).jemalloc();
            case "jvm" -> new LiveImports(folder).jvm();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ok");
    }
}
