package dev.repoint.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// What `fuzz/run` asks: `targets` prints the name and the class of each target, `seeds TARGET FOLDER` writes
/// what it begins with.
final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 3 && arguments[0].equals("seeds")) {
            Seeds.write(Target.valueOf(arguments[1].toUpperCase(Locale.ROOT)), Path.of(arguments[2]));
        } else {
            for (Target target : Target.values()) {
                System.out.println(target.text() + " " + target.className());
            }
        }
    }
}
