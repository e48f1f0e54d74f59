package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.KeySyntax;
import dev.repoint.PatchException;
import dev.repoint.internal.report.Nearest;
import dev.repoint.internal.report.SourceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Suggests keys for a mistyped one: members of classes with the most similar names.
public final class KeySuggestions {

    private static final int MOST = 3;
    private static final int MOST_SIMILAR_CLASSES = 10;
    /// The maximum difference in length between the simple names of similar classes.
    private static final int LENGTH_DIFFERENCE = 4;
    private static final long SEARCH_NANOS = 1_000_000_000L;

    private final LoadedClasses classes;

    /// @param classes the loaded classes
    public KeySuggestions(LoadedClasses classes) {
        this.classes = classes;
    }

    /// Suggests keys of loaded classes.
    ///
    /// @param wanted the mistyped key
    List<String> loaded(String wanted) {
        String path = path(wanted);
        return Nearest.to(path, ofLoaded(owner(path)), MOST);
    }

    /// Suggests keys of loaded classes, and of classes on the class path that a class loader can find. The search of
    /// the class path takes about one second at most.
    ///
    /// @param wanted the mistyped key
    public List<String> all(String wanted) {
        String path = path(wanted);
        List<Key> keys = ofLoaded(owner(path));
        keys.addAll(ofClassPath(owner(path)));
        return Nearest.to(path, keys, MOST);
    }

    /// The classes of the class path whose members the source may write with an owner. The search takes about one
    /// second at most.
    ///
    /// @param owner a class or a package
    /// @return their binary names
    public static Set<String> classesOf(String owner) {
        return ClassPathNames.in(
                System.getProperty("java.class.path", ""), name -> SourceNames.isOwner(name, owner), SEARCH_NANOS);
    }

    private List<Key> ofLoaded(String owner) {
        Set<Key> owners = new LinkedHashSet<>();
        List<Key> members = new ArrayList<>();
        for (Class<?> loaded : classes.all()) {
            owners.add(constructor(loaded.getName()));
            if (isCalledBySourceAs(loaded.getName(), owner)) {
                members.addAll(DeclaredMembers.of(loaded).keys());
            }
        }
        for (Key similar : similar(owner, owners)) {
            for (Class<?> loaded : classes.named(similar.owner())) {
                members.addAll(DeclaredMembers.of(loaded).keys());
            }
        }
        return members;
    }

    private List<Key> ofClassPath(String owner) {
        int length = simpleName(owner).length();
        Set<String> names = ClassPathNames.in(
                System.getProperty("java.class.path", ""),
                name -> isCalledBySourceAs(name, owner)
                        || Math.abs(simpleName(name).length() - length) <= LENGTH_DIFFERENCE,
                SEARCH_NANOS);
        Set<String> similar = new LinkedHashSet<>();
        names.stream()
                .filter(name -> isCalledBySourceAs(name, owner))
                .limit(MOST_SIMILAR_CLASSES)
                .forEach(similar::add);
        similar(owner, names.stream().map(KeySuggestions::constructor).toList())
                .forEach(key -> similar.add(key.owner()));
        Set<@Nullable ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(ClassLoader.getSystemClassLoader());
        classes.all().forEach(each -> loaders.add(each.getClassLoader()));
        List<Key> members = new ArrayList<>();
        similar.forEach(name -> members.addAll(members(name, loaders)));
        return members;
    }

    private static List<Key> members(String binaryName, Set<@Nullable ClassLoader> loaders) {
        for (ClassLoader loader : loaders) {
            byte[] classFile = JdkClasses.areOf(loader) ? null : ClassFiles.read(loader, binaryName.replace('.', '/'));
            if (classFile != null) {
                try {
                    return DeclaredMembers.of(binaryName, classFile).keys();
                } catch (PatchException e) {
                    return List.of(); // malformed: nothing to suggest
                }
            }
        }
        return List.of();
    }

    private static List<Key> similar(String owner, Collection<Key> owners) {
        return Nearest.keys(owner + "." + simpleName(owner), owners, MOST);
    }

    /// Whether the source may write the members of a class with another owner: its package, or a prefix of its name.
    private static boolean isCalledBySourceAs(String name, String owner) {
        return SourceNames.isOwner(name, owner) || name.startsWith(owner + "$");
    }

    /// A key that is similar to a mistyped one, with regard to the names of the classes.
    private static Key constructor(String className) {
        return new Key(className, simpleName(className), "()V");
    }

    private static String path(String key) {
        int open = KeySyntax.indexOf(key, '(', 0);
        return (open < 0 ? key : key.substring(0, open)).replace("`", "");
    }

    private static String owner(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
