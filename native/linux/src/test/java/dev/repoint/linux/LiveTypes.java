package dev.repoint.linux;

import static dev.repoint.linux.Verify.expect;
import static dev.repoint.linux.Verify.refused;

import dev.repoint.fixtures.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Targets whose type debug information tells.
final class LiveTypes {

    private final Path folder;

    LiveTypes(Path folder) {
        this.folder = folder;
    }

    void types() throws IOException {
        String[] flags = {"-ffunction-sections", "-Wl,--emit-relocs", "-Wl,-Bsymbolic"};
        Library plain = Library.load(Library.compile(folder, "types.c", "libplain.so", flags));
        plain.patchable("rate").set(NativeTarget.zero()); // nothing tells what it returns
        plain.patchable("rate").reset();

        Path described =
                Library.compile(folder, "types.c", "libtypes.so", flags[0], flags[1], flags[2], "-g", "-Wl,--build-id");
        fit(Library.load(described));
        Path stripped = folder.resolve("libstripped.so");
        Run.succeeding(folder, List.of("objcopy", "--only-keep-debug", "libtypes.so", "libstripped.debug"));
        Run.succeeding(
                folder,
                List.of(
                        "objcopy",
                        "--strip-debug",
                        "--add-gnu-debuglink=libstripped.debug",
                        "libtypes.so",
                        stripped.toString()));
        fit(Library.load(stripped));
    }

    private static void fit(Library types) {
        NativePatchable count = types.patchable("count");
        refused(() -> types.patchable("rate").set(NativeTarget.zero()), "returns double, and zero is the integer 0");
        refused(() -> types.patchable("stop").set(NativeTarget.nothing()), "never returns");
        refused(() -> types.patchable("stop").set(NativeTarget.zero()), "never returns");
        refused(
                () -> types.set("count", "count_far"),
                "is of type int (int) and the target count_far of type long int (long int, long int)");
        refused(() -> count.override(NativeTarget.symbol("rate")), "the target rate of type double (int)");
        expect(types.call("call_count", 2), 103);
        expect(types.call("call_rate", 3), 15);

        types.set("count", "count_twice");
        expect(types.call("call_count", 2), 104);
        count.set(NativeTarget.zero());
        expect(types.call("call_count", 2), 100);
        count.set(NativeTarget.code(types.module().symbol("count_far").orElseThrow())); // the type is the caller's word
        count.reset();
        expect(types.call("call_count", 2), 103);
    }
}
