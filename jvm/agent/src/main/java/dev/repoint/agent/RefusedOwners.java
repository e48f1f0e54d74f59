package dev.repoint.agent;

import java.util.Set;

/// The classes of the JDK whose methods cannot be patched at their entry, nor calls in them: linking a patchable, and
/// weaving, run them, so that they would call themselves before they are linked.
///
/// This is the one place that lists them. It was found by trying: with everything else in `java.base` and beyond made
/// patchable, programs still start and run.
final class RefusedOwners {

    /// What to tell about such a class.
    static final String REASON = "the JVM needs it to link patchables; patch its calls (sites)";

    /// Packages, with those below them, and classes outside of `java.util`.
    private static final String[] PACKAGES = {
        "java/io/DataInputStream",
        "java/lang/",
        "java/nio/charset/",
        "java/util/concurrent/",
        "java/util/function/",
        "java/util/stream/",
        "jdk/internal/",
        "sun/instrument/",
        "sun/invoke/",
    };

    private static final String COLLECTIONS = "java/util/";

    /// Classes of `java.util`, with those nested in them.
    private static final Set<String> COLLECTION_CLASSES = Set.of(
            "AbstractCollection", "AbstractList", "AbstractMap", "AbstractSequentialList", "AbstractSet", "ArrayDeque",
            "ArrayList", "Arrays", "BitSet", "Collection", "Collections", "Comparator", "Deque", "Dictionary",
            "EnumMap", "EnumSet", "Enumeration", "HashMap", "HashSet", "Hashtable", "IdentityHashMap",
            "ImmutableCollections", "Iterator", "JumboEnumSet", "KeyValueHolder", "LinkedHashMap", "LinkedHashSet",
            "List", "ListIterator", "Locale", "Map", "NavigableMap", "NavigableSet", "Objects", "Optional",
            "Properties", "Queue", "RandomAccess", "RegularEnumSet", "SequencedCollection", "SequencedMap",
            "SequencedSet", "Set", "SortedMap", "SortedSet", "Spliterator", "Spliterators", "StringJoiner", "TimSort",
            "TreeMap", "TreeSet", "WeakHashMap");

    private RefusedOwners() {}

    /// Whether the methods of a class cannot be patched.
    ///
    /// @param internalName such as `java/util/HashMap$Node`
    static boolean contains(String internalName) {
        for (String each : PACKAGES) {
            if (internalName.startsWith(each)) {
                return true;
            }
        }
        if (!internalName.startsWith(COLLECTIONS)) {
            return false;
        }
        int nested = internalName.indexOf('$');
        int end = nested < 0 ? internalName.length() : nested;
        return COLLECTION_CLASSES.contains(internalName.substring(COLLECTIONS.length(), end));
    }
}
