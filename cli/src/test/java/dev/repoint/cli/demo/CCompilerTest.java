package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.cli.home.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CCompilerTest {

    @TempDir
    private Path folder;

    @Test
    void gccComesBeforeClangAndClangBeforeCc() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        String path = first + File.pathSeparator + second;
        Path cc = script(first, "cc", "");
        assertThat(CCompiler.find(path).program()).isEqualTo(cc);

        Path clang = script(second, "clang", "");
        assertThat(CCompiler.find(path).program()).isEqualTo(clang);

        Path gcc = script(second, "gcc", "");
        assertThat(CCompiler.find(path).program()).isEqualTo(gcc);
    }

    @Test
    void withoutACompilerItSaysWhichPackageIsMissing() throws IOException {
        Files.createDirectory(folder.resolve("gcc"));
        Files.writeString(folder.resolve("clang"), "is not executable");

        assertThatThrownBy(() -> CCompiler.find(folder.toString()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        "the demo of native code builds a server in C, and found none of gcc, clang, cc on the PATH;"
                                + " install the package gcc");
    }

    @Test
    void withoutTheHeadersOfTheLibraryItSaysWhichPackageIsMissing() throws IOException {
        Path gcc = script(folder, "gcc", """
            echo 'server.c:12:10: fatal error: arpa/inet.h: No such file or directory'
            exit 1
            """);

        assertThatThrownBy(() -> new CCompiler(gcc).build(folder.resolve("out"), List.of("server.c")))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(gcc + " cannot build the demo's server, it says: server.c:12:10: fatal error: arpa/inet.h:"
                        + " No such file or directory; install the package libc6-dev");
    }

    private static Path script(Path folder, String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
