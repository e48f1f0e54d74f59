package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.internal.agent.LoadedClassFiles;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.classfile.Body;
import dev.repoint.internal.classfile.ClassBytes;
import dev.repoint.internal.classfile.UncopiableException;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.report.Reports;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the class file of a class at run time, and proves that it is the right one.
///
/// | where | proof |
/// | --- | --- |
/// | the agent, if there is one | it is what the JVM has loaded |
/// | the resource of the class, if it is woven | the prologue has the fingerprint with which the entry has linked |
/// | the resource, if the class was woven as it was loaded | its own fingerprint is that one |
///
/// If the entry has not linked yet, the fingerprint of the resource is noted, and has to be the same when it links.
///
/// Thread-safe.
final class OwnClassFile {

    /// Internal name of the package with the bootstrap methods of woven code.
    static final String LINK_PACKAGE = OwnClasses.LINK.replace('.', '/');

    private static final String METHOD_LINK = LINK_PACKAGE + "MethodLink";

    private static final ClassValue<SoftReference<List<ClassBytes>>> READ = new ClassValue<>() {
        @Override
        protected SoftReference<List<ClassBytes>> computeValue(Class<?> owner) {
            return new SoftReference<>(read(owner));
        }
    };

    private OwnClassFile() {}

    /// Whether the entry of a method is woven, as far as its class file shows.
    static boolean isWoven(Class<?> owner, Key key) {
        LoadedClassFiles known = Weaving.classFiles();
        if (known != null && known.isWoven(owner, key.name(), key.descriptor())) {
            return true;
        }
        if (Reports.isOfJdk(owner)) {
            return false; // only an agent weaves it
        }
        List<ClassBytes> files = resources(owner);
        Body body = files.isEmpty() ? null : body(files.get(0), key);
        return body != null && body.isWoven();
    }

    /// Whether a class finds a class file under its name.
    static boolean isThere(Class<?> owner) {
        return !resources(owner).isEmpty();
    }

    /// The body of a method, which is woven.
    ///
    /// @throws UncopiableException if the class file is not to be had; the message says why
    static Body body(Point point) {
        Class<?> owner = point.owner();
        if (owner.isHidden()) {
            throw new UncopiableException("its class is hidden");
        }
        LoadedClassFiles known = Weaving.classFiles();
        byte[] loaded = known == null ? null : known.of(owner);
        if (loaded != null) {
            Body body = body(new ClassBytes(loaded), point.key());
            if (body != null) {
                return body;
            }
        }
        List<ClassBytes> files = resources(owner);
        for (ClassBytes file : files) {
            Body body = body(file, point.key());
            if (body != null && isRight(body, file, point)) {
                return body;
            }
        }
        String name = owner.getName().replace('.', '/') + ".class";
        throw new UncopiableException(
                files.isEmpty()
                        ? "its class loader does not give its class file, " + name
                        : "its class was loaded from another class file than " + name
                                + ", which its class loader gives now");
    }

    private static boolean isRight(Body body, ClassBytes file, Point point) {
        int woven = body.isWoven() ? body.fingerprint() : file.fingerprint();
        int linked = point.fingerprint();
        if (linked == 0) {
            point.expect(woven);
            return true;
        }
        return woven == linked;
    }

    private static @Nullable Body body(ClassBytes file, Key key) {
        try {
            return Body.of(file, key.name(), key.descriptor(), METHOD_LINK);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null; // damaged: then it is none of the JVM
        }
    }

    private static List<ClassBytes> resources(Class<?> owner) {
        List<ClassBytes> known = READ.get(owner).get();
        if (known == null) {
            READ.remove(owner);
            known = read(owner);
        }
        return known;
    }

    /// The class files that a class finds under its name, its own first.
    private static List<ClassBytes> read(Class<?> owner) {
        List<ClassBytes> found = new ArrayList<>();
        String name = owner.getName();
        if (owner.isHidden()) {
            return found;
        }
        try (InputStream own = owner.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            if (own != null) {
                add(found, own.readAllBytes());
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            // A loader of the application may do as it likes.
        }
        ClassLoader loader = owner.getClassLoader();
        if (loader != null && !owner.getModule().isNamed()) {
            addOthers(found, loader, name.replace('.', '/') + ".class");
        }
        return found;
    }

    private static void addOthers(List<ClassBytes> found, ClassLoader loader, String name) {
        try {
            for (URL url : Collections.list(loader.getResources(name))) {
                try (InputStream other = url.openStream()) {
                    add(found, other.readAllBytes());
                }
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            // likewise
        }
    }

    private static void add(List<ClassBytes> found, byte[] classFile) {
        try {
            ClassBytes file = new ClassBytes(classFile);
            for (ClassBytes known : found) {
                if (known.fingerprint() == file.fingerprint()) {
                    return;
                }
            }
            found.add(file);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Encrypted or damaged: it is not what the JVM has loaded.
        }
    }
}
