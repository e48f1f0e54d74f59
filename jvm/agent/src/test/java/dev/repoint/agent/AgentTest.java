package dev.repoint.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentTest {

    private static final String JAVA = "java.specification.version";
    private static final String FAILURE = "dev.repoint.failure";

    private final String java = System.getProperty(JAVA);

    @AfterEach
    void restore() {
        System.setProperty(JAVA, java);
        System.clearProperty(FAILURE);
    }

    @ParameterizedTest
    @CsvSource({"1.8, 8", "11, 11", "16, 16"})
    void anOlderJvmIsToldWhichJavaItLacks(String version, String named) {
        System.setProperty(JAVA, version);

        Agent.agentmain("patchable=com.acme.**", null);

        assertThat(System.getProperty(FAILURE)).isEqualTo("this is Java " + named + "; Repoint needs Java 17 or later");
    }

    @Test
    void theProgramOfAnOlderJvmRunsIfItIsToBePatchedNowhere() {
        System.setProperty(JAVA, "1.8");

        Agent.premain(null, null); // it would end this JVM

        assertThat(System.getProperty(FAILURE)).isNull();
    }

    @Test
    void aJvmOfJava8ReadsTheLauncher() throws IOException {
        try (var in = new DataInputStream(Agent.class.getResourceAsStream("Agent.class"))) {
            in.skipNBytes(4);
            assertThat(in.readInt()).isEqualTo(52);
        }
    }
}
