package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.PatchException;
import dev.repoint.agent.control.ControlException;
import dev.repoint.cli.home.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    @Test
    void ourOwnFailuresAreTheirMessage() {
        assertThat(Errors.message(new CommandFailure("a.jar: is empty"))).isEqualTo("a.jar: is empty");
        assertThat(Errors.message(new PatchException(null, "a.B.c() has two types", null) {}))
                .isEqualTo("a.B.c() has two types");
        assertThat(Errors.message(new ControlException("process 1 is no JVM"))).isEqualTo("process 1 is no JVM");
    }

    @Test
    void failuresOfTheFileSystemNameTheFile() {
        assertThat(Errors.message(new NoSuchFileException("x.jar")))
                .isEqualTo("x.jar: there is no such file or folder");
        assertThat(Errors.message(new UncheckedIOException(new AccessDeniedException("x.jar"))))
                .startsWith("x.jar: access denied");
        assertThat(Errors.message(new IOException("disk full"))).isEqualTo("disk full");
    }

    @Test
    void anUnexpectedFailureIsOneLineThatTellsHowToSeeItsTrace() {
        assertThat(Errors.message(new IllegalStateException("odd\nvery odd")))
                .isEqualTo("internal error: java.lang.IllegalStateException: odd; run it again with REPOINT_DEBUG=1 for"
                        + " the stack trace, and report it");
    }

    @Test
    void aFailureWithoutAMessageIsSaidInWords() {
        assertThat(Errors.message(new IOException())).isEqualTo("it failed, and the system does not say why");
    }
}
