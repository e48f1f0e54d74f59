package dev.repoint.weaver.outline;

import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.WeaveException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The outlines of the classes of a source. It parses each class once.
///
/// Not thread-safe.
public final class Outlines {

    private final ClassSource source;
    private final Map<String, Optional<Outline>> known = new HashMap<>();

    public Outlines(ClassSource source) {
        this.source = source;
    }

    /// Whether the program cannot load a class, because it does not have the class or one of its supertypes: those of
    /// optional libraries, say.
    boolean isMissing(String internalName) {
        return source.isComplete() && isMissing(internalName, new HashSet<>());
    }

    private boolean isMissing(String internalName, Set<String> seen) {
        if (AnnotatedFields.isOfJdk(internalName) || !seen.add(internalName)) {
            return false;
        }
        Outline type;
        try {
            type = find(internalName);
        } catch (WeaveException e) {
            return false; // the JVM says so when it loads it
        }
        if (type == null) {
            return true;
        }
        String above = type.superName();
        if (above != null && isMissing(above, seen)) {
            return true;
        }
        for (String each : type.interfaces()) {
            if (isMissing(each, seen)) {
                return true;
            }
        }
        return false;
    }

    /// The outline of a class.
    ///
    /// @return null if the source does not have the class
    /// @throws WeaveException if its class file is malformed
    @Nullable
    Outline find(String internalName) {
        Optional<Outline> outline = known.get(internalName);
        if (outline == null) {
            outline = Optional.ofNullable(read(internalName));
            known.put(internalName, outline);
        }
        return outline.orElse(null);
    }

    private @Nullable Outline read(String internalName) {
        byte[] bytes = source.find(internalName);
        if (bytes == null) {
            return null;
        }
        try {
            return Outline.of(RawPool.read(bytes, new Needles()).view());
        } catch (WeaveException e) { // of a later Java; what looks at it need not be
            throw WeaveException.unreadable(internalName, e);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            throw WeaveException.unreadable(internalName, e);
        }
    }
}
