package dev.repoint.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The size of the terminal.
final class Terminal {

    private static final int USUAL = 80;

    private Terminal() {}

    /// How many characters fit into a line: asked of `stty`, which every system has; 80 if it does not know.
    static int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            int width = Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
            return width > 0 ? width : USUAL;
        } catch (IOException | NumberFormatException e) {
            return USUAL;
        }
    }
}
