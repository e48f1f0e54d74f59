package dev.repoint.linux.poke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import dev.repoint.linux.OwnJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A patch of 1,000 sites of 10 functions, seen by a thread that calls them in a fixed order.
class AtomicityTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void compiler() {
        Tool.GCC.required();
    }

    @Test
    void noThreadSeesANewTargetAndThenAnOldOne() throws IOException {
        String[] counts = OwnJvm.succeeding(folder, Atomicity.class, folder.toString(), "600", "whole")
                .split(" ");
        assertThat(counts[0]).as("new, then old").isEqualTo("0");
        assertThat(counts[1]).as("neither").isEqualTo("0");
        assertThat(Long.parseLong(counts[2])).as("traps").isPositive();
    }

    @Test
    void withoutTheFlipOfOneWordAThreadDoes() throws IOException {
        String[] counts = OwnJvm.succeeding(folder, Atomicity.class, folder.toString(), "100000", "flipless")
                .split(" ");
        assertThat(Long.parseLong(counts[0])).as("new, then old").isPositive();
        assertThat(counts[1]).as("neither").isEqualTo("0");
    }
}
