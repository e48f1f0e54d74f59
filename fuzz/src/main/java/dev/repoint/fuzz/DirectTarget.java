package dev.repoint.fuzz;

import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.direct.DirectClass;
import dev.repoint.weaver.direct.DirectScope;
import dev.repoint.weaver.direct.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Direct mode: any bytes are refused in one line, or left alone, or their calls are pointed elsewhere. What the
/// verifier accepts, it accepts with the calls pointed elsewhere.
public final class DirectTarget {

    /// A static method, a final one, one of an interface, and two that classes override.
    private static final List<Policy> CHANGES = List.of(
            Policy.parse("java.util.Objects.requireNonNull(java.lang.Object)=java.util.Objects.requireNonNullElse"),
            Policy.parse("java.lang.String.isEmpty=java.lang.Boolean.parseBoolean"),
            Policy.parse("java.lang.String.length=java.lang.Integer.parseInt(java.lang.String)"),
            Policy.parse("java.util.List.add(java.lang.Object)=java.util.Objects.equals"),
            Policy.parse("java.lang.Object.hashCode=java.util.Objects.hashCode"),
            Policy.parse("java.lang.Object.toString=java.lang.String.valueOf(java.lang.Object)"));

    private static final Map<String, byte[]> FOUND = new ConcurrentHashMap<>();
    private static final ClassSource JDK = DirectTarget::find;

    private DirectTarget() {}

    /// The program around the class: other classes may extend its classes, or none do.
    private record Around(boolean isClosed) implements Surroundings {

        @Override
        public @Nullable Collection<String> subtypes(String internalName) {
            return isClosed ? List.of() : null;
        }

        @Override
        public boolean isInside(String internalName) {
            return true;
        }

        @Override
        public @Nullable String obstacle(String caller, String target) {
            return null;
        }
    }

    /// Points the calls of bytes elsewhere.
    public static void fuzzerTestOneInput(byte[] bytes) {
        point(bytes, new Around(false));
        point(bytes, new Around(true));
    }

    private static void point(byte[] bytes, Surroundings around) {
        byte[] before = bytes.clone();
        DirectScope scope = new DirectScope(CHANGES, JDK, around);
        DirectClass pointed;
        try {
            boolean mayUse = DirectScope.mayUse(bytes, CHANGES);
            pointed = scope.point(bytes);
            Expect.that(mayUse || !pointed.isChanged(), "no change of a class that names none of the methods");
        } catch (WeaveException refused) {
            Expect.oneLine(refused);
            return;
        }
        Expect.that(Arrays.equals(bytes, before), "the bytes as they were");
        pointed.left().forEach(each -> Expect.that(each.reason().lines().count() == 1, "a reason of one line"));
        if (!pointed.isChanged()) {
            Expect.that(Arrays.equals(pointed.bytes(), bytes), "the same bytes if no call is pointed elsewhere");
            return;
        }
        try {
            Expect.that(!scope.point(pointed.bytes()).isChanged(), "no change of a class whose calls have the targets");
        } catch (WeaveException refused) {
            Expect.oneLine(refused); // damage that did not matter before
        }
        if (WeaverTarget.isAccepted(bytes)) {
            Expect.that(
                    WeaverTarget.isAccepted(pointed.bytes()),
                    "that the verifier accepts it with calls pointed elsewhere, as it does plain");
        }
    }

    /// Bytes can name any class: those of the JDK are read, and none is loaded.
    private static byte @Nullable [] find(String internalName) {
        byte[] known = FOUND.get(internalName);
        if (known != null || !internalName.startsWith("java/")) {
            return known;
        }
        try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(internalName + ".class")) {
            if (in == null) {
                return null;
            }
            byte[] read = in.readAllBytes();
            FOUND.put(internalName, read);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            return null; // it is no name of a file
        }
    }
}
