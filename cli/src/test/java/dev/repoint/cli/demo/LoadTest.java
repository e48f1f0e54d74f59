package dev.repoint.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.fixtures.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The server of the demo, built and started as the demo does, and its clients.
class LoadTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"GCC", "CLANG"})
    void allAnswersOfAServerThatNobodyTouchedAreRight(Tool tool) throws IOException {
        Path compiler = tool.required().find().orElseThrow();
        try (ServerBuild build = ServerBuild.of(Home.find(), new CCompiler(compiler));
                DetachedServer server = DetachedServer.start(build.server(), build.folder(), LONGEST);
                Load load = new Load(server)) {
            load.enter(Phase.BEFORE);

            load.mark();
            load.next();
            Reading first = load.next();
            Reading second = load.next();

            assertThat(second.nanos()).isGreaterThan(first.nanos());
            assertThat(second.calls()).isGreaterThan(0);
            assertThat(second.longest()).isGreaterThan(0);
            assertThat(second.wrong()).isZero();
            assertThat(second.dropIn()).isZero();
            assertThat(load.firstWrong()).isEmpty();
        }
    }

    @Test
    void anAnswerOfTheDefaultIsWrongAfterATargetWasSet() throws IOException {
        try (ServerBuild build = build();
                DetachedServer server = DetachedServer.start(build.server(), build.folder(), LONGEST);
                Load load = new Load(server)) {
            load.enter(Phase.PATCHED);
            Reading reading = load.next();
            while (reading.wrong() == 0) {
                reading = load.next();
            }

            assertThat(load.firstWrong().orElseThrow())
                    .startsWith("the answer 'invoice ")
                    .contains("(bitwise)' to a request that was sent ")
                    .endsWith("patched");
        }
    }

    @Test
    void theServerIsNoChildOfThisProcessAndGoesWithItsFiles() throws IOException {
        DetachedServer ended;
        Path files;
        try (ServerBuild build = build();
                DetachedServer server = DetachedServer.start(build.server(), build.folder(), LONGEST)) {
            ended = server;
            files = build.folder();

            assertThat(server.isAlive()).isTrue();
            assertThat(ProcessHandle.current().descendants()).noneMatch(process -> process.pid() == server.pid());
            assertThat(build.source()).isRegularFile();
        }

        assertThat(ended.isAlive()).isFalse();
        assertThat(files).doesNotExist();
    }

    @Test
    void aServerThatEndsUnderItsClientsIsTold() throws IOException {
        try (ServerBuild build = build();
                DetachedServer server = DetachedServer.start(build.server(), build.folder(), LONGEST);
                Load load = new Load(server)) {
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();

            assertThatThrownBy(() -> {
                        while (true) {
                            load.next();
                        }
                    })
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageStartingWith("the demo's server (pid " + server.pid());
        }
    }

    @Test
    void aServerThatDoesNotStartSaysWhy() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken"), "#!/bin/sh\necho no port is free >&2\nexit 1\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> DetachedServer.start(broken, folder, LONGEST))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("the demo's server does not start; it says: no port is free");
    }

    private static ServerBuild build() throws IOException {
        Path compiler = Tool.GCC.required().find().orElseThrow();
        return ServerBuild.of(Home.find(), new CCompiler(compiler));
    }
}
