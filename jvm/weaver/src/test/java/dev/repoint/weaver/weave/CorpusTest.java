package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Weaves everything that can be woven in real classes, and has the JDK's verifier look at each result.
class CorpusTest {

    private static final int STEP = 13;

    private static final Selection EVERYTHING =
            new Selection(Try.keys("**"), true, Try.keys("**"), List.of(), List.of());

    private final Weaver weaver = Weaver.of(EVERYTHING);
    private final ClassFile verifier = RealClasses.verifier();
    private int woven;

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theClassesOfJavaBase(Phase phase) throws IOException {
        RealClasses.ofJavaBase(STEP, (file, classFile) -> weave(file, classFile, phase));

        assertThat(woven).isGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theClassesOfAJar(Phase phase) throws Exception {
        RealClasses.ofAJar(STEP, (file, classFile) -> weave(file, classFile, phase));

        assertThat(woven).isGreaterThan(30);
    }

    private void weave(Path file, byte[] original, Phase phase) {
        WeaveResult result = weaver.weave(original, Throwaway::bytesOf, phase);
        if (result.changed()) {
            woven++;
            assertThat(verifier.verify(result.bytes())).as("%s", file).isEmpty();
            assertThat(weaver.weave(result.bytes(), Throwaway::bytesOf, phase).bytes())
                    .as("%s, woven again", file)
                    .isSameAs(result.bytes());
        }
    }
}
