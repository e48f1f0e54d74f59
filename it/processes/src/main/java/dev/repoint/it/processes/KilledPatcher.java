package dev.repoint.it.processes;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.SetOptions;
import dev.repoint.machine.choice.PatchChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Patches a redis from one [RedisState] to another, again and again, until it is killed. Says before each
/// patch what it begins, and after it what it has ended, or that it was refused.
final class KilledPatcher {

    private static final String BEGIN = "begin ";
    private static final String END = "end ";
    private static final String REFUSED = "refused";
    /// Why a patch may be refused on a machine that does too much at once.
    private static final String LATE = "did not stop within";

    private KilledPatcher() {}

    /// Arguments: the process; a number for the order of the states; and, if libraries are to be loaded, one,
    /// and a folder for the copies of it, because a process loads each file once.
    static void main(String[] arguments) throws IOException {
        Random random = new Random(Long.parseLong(arguments[1]));
        boolean loads = arguments.length > 2;
        try (OtherProcess redis = OtherProcess.open(Long.parseLong(arguments[0]))) {
            for (int i = 0; ; i++) {
                RedisState now = RedisState.told(redis.status());
                RedisState next = next(now, loads, random);
                Path library = null;
                if (next == RedisState.LOADED) {
                    library = Path.of(arguments[3], "copy-" + arguments[1] + "-" + i + ".so");
                    Files.copy(Path.of(arguments[2]), library);
                }
                System.out.println(BEGIN + next);
                try {
                    if (next == RedisState.OLD) {
                        redis.reset(List.of());
                    } else {
                        redis.set(
                                next.changes(),
                                SetOptions.DEFAULT.withLibrary(library).withChoice(PatchChoice.SITES));
                    }
                    System.out.println(END + next);
                } catch (NativePatchException e) {
                    if (!String.valueOf(e.getMessage()).contains(LATE)) {
                        throw e;
                    }
                    System.out.println(REFUSED);
                }
            }
        }
    }

    private static RedisState next(RedisState now, boolean loads, Random random) {
        return switch (now) {
            case OLD -> loads ? RedisState.LOADED : RedisState.NEW;
            case NEW -> loads && random.nextBoolean() ? RedisState.LOADED : RedisState.OLD;
            case LOADED -> random.nextBoolean() ? RedisState.NEW : RedisState.OLD;
        };
    }

    /// Whether a line says that a patch has ended well.
    static boolean isEnd(String line) {
        return line.startsWith(END);
    }

    /// The state that a line says that it begins; else null.
    static @Nullable RedisState begun(String line) {
        return line.startsWith(BEGIN) ? RedisState.valueOf(line.substring(BEGIN.length())) : null;
    }
}
