package dev.repoint.bench.nativepatch;

import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// LLVM XRay, if this machine has it: programs of clang that patch and unpatch all their sleds.
final class Xray {

    /// Empty if it is here, else what is missing.
    final String missing;

    private static final int TIMES = 101;

    private final Map<Integer, Path> programs = new HashMap<>();

    /// @param counts of sleds
    Xray(Settings settings, List<Integer> counts) throws InterruptedException {
        String failed = "";
        try {
            for (int sleds : counts) {
                programs.put(sleds, PatchSources.xray(settings, sleds));
            }
        } catch (IOException e) {
            failed = "LLVM XRay is left out: install the packages clang and libclang-rt-14-dev ("
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")";
        }
        this.missing = failed;
    }

    boolean isHere() {
        return missing.isEmpty();
    }

    /// The median of patches and unpatches, in nanoseconds.
    double median(int sleds, int threads) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        String.valueOf(programs.get(sleds)), Integer.toString(threads), Integer.toString(TIMES))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("XRay with " + sleds + " sleds ended with status " + status + ":\n" + output);
        }
        return new Samples(output.lines()
                        .skip(TIMES / 5 * 2)
                        .map(Double::parseDouble)
                        .toList())
                .median();
    }
}
