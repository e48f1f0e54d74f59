package dev.repoint.fuzz;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.weave.Weaver;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.util.Arrays;
import java.util.List;

/// The weaver: any bytes are refused in one line, or left alone, or woven. What the verifier accepts, it accepts woven.
public final class WeaverTarget {

    private static final Weaver ENTRIES = weaver(List.of("**"), List.of());
    private static final Weaver ALL = weaver(List.of("**", "**:*"), List.of("**"));
    private static final ClassSource NO_OTHERS = name -> null;

    /// Bytes can name any class: those of the JDK are read, and none is loaded.
    private static final ClassFile VERIFIER = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(ClassLoader.getPlatformClassLoader())));

    private WeaverTarget() {}

    /// Weaves bytes: the entries alone, and with calls and fields, as a class that loads and as one that is loaded.
    public static void fuzzerTestOneInput(byte[] bytes) {
        weave(ENTRIES, bytes, Phase.LOAD);
        weave(ALL, bytes, Phase.LOAD);
        weave(ENTRIES, bytes, Phase.RETRANSFORM);
    }

    private static Weaver weaver(List<String> patchable, List<String> sites) {
        return Weaver.of(new Selection(
                patchable.stream().map(KeyPattern::parse).toList(),
                true,
                sites.stream().map(KeyPattern::parse).toList(),
                List.of(),
                List.of()));
    }

    private static void weave(Weaver weaver, byte[] bytes, Phase phase) {
        byte[] before = bytes.clone();
        WeaveResult woven;
        try {
            woven = weaver.weave(bytes, NO_OTHERS, phase);
        } catch (WeaveException refused) {
            Expect.oneLine(refused);
            return;
        }
        Expect.that(Arrays.equals(bytes, before), "the bytes as they were");
        if (!woven.changed()) {
            Expect.that(woven.entries().isEmpty(), "no entries in a class that has not changed");
            return;
        }
        if (phase == Phase.LOAD) {
            weaveAgain(weaver, woven.bytes());
        }
        if (isAccepted(bytes)) {
            Expect.that(isAccepted(woven.bytes()), "that the verifier accepts it woven, as it does plain");
        }
    }

    private static void weaveAgain(Weaver weaver, byte[] woven) {
        try {
            Expect.that(!weaver.weave(woven, NO_OTHERS, Phase.LOAD).changed(), "no change of a class that is woven");
        } catch (WeaveException refused) {
            Expect.oneLine(refused); // damage that did not matter before its code named a bootstrap method
        }
    }

    static boolean isAccepted(byte[] classFile) {
        try {
            return VERIFIER.verify(classFile).isEmpty();
        } catch (RuntimeException e) {
            return false; // it is too damaged to be verified
        }
    }
}
