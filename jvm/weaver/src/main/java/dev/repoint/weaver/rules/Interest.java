package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.internal.classfile.StackReaders;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.outline.AnnotatedFields;
import dev.repoint.weaver.outline.Descriptors;
import dev.repoint.weaver.outline.Needles;
import dev.repoint.weaver.outline.RawPool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Decides from a constant pool whether a class may contain anything that a selection names.
///
/// For nearly all classes of a program the result is no, so this is fast and makes no strings. It searches for exact
/// names while it reads the pool. It tries wildcards, and names as other languages have them, only if the name of the
/// class starts like them.
public final class Interest {

    private final Selection selection;
    private final Needles needles = new Needles();
    private final List<byte[]> ownerPrefixes = new ArrayList<>();
    /// The beginnings of the names of classes whose members a source may have under other names.
    private final List<byte[]> sourcePrefixes = new ArrayList<>();
    private final boolean anyEntryName;
    private final boolean anySiteName;
    private final boolean anyFieldName;

    public Interest(Selection selection) {
        this.selection = selection;
        if (selection.annotated()) {
            needles.add(AnnotatedFields.ANNOTATION, Needles.ANNOTATION);
        }
        if (selection.namesFields()) {
            needles.add(ReflectiveWrites.FIELD, Needles.REFLECTION);
        }
        if (selection.annotated() || !selection.patchable().isEmpty()) {
            for (String reader : StackReaders.CLASSES) {
                needles.add(reader, Needles.STACK);
            }
        }
        for (KeyPattern pattern : selection.patchable()) {
            addOwner(pattern);
        }
        this.anyEntryName = addNames(selection.patchable(), Needles.ENTRY_NAME);
        this.anySiteName = addNames(selection.sites(), Needles.SITE_NAME);
        List<KeyPattern> fields = new ArrayList<>();
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.mayMeanField()) {
                fields.add(pattern);
            }
        }
        this.anyFieldName = addNames(fields, Needles.FIELD_NAME);
    }

    /// Adds the members' names of patterns to the search.
    ///
    /// @return whether it cannot search for one of them
    private boolean addNames(List<KeyPattern> patterns, int meaning) {
        boolean any = false;
        for (KeyPattern pattern : patterns) {
            any |= isWild(pattern.name()) || !needles.add(pattern.name(), meaning);
        }
        return any;
    }

    /// The strings to search for while it reads the pool.
    public Needles needles() {
        return needles;
    }

    /// Whether the weaver must look at the class. If not, weaving would change and report nothing.
    ///
    /// @param classes the source of the classes of used fields
    public boolean concerns(RawPool pool, ClassSource classes) {
        return concerns(pool)
                || mayUseFields(pool, classes)
                        && !selection.excludes(pool.thisClass().replace('/', '.'));
    }

    /// Whether the class may use wanted fields.
    ///
    /// @param classes the source of the classes of these fields
    boolean mayUseFields(RawPool pool, ClassSource classes) {
        return (pool.found() & Needles.REFLECTION) != 0 || usesField(pool, classes);
    }

    /// Whether the weaver must look at the methods, the fields or the calls of the class.
    public boolean concerns(RawPool pool) {
        boolean ofSource = isOfSource(pool);
        boolean ofEntries = (pool.found() & Needles.ANNOTATION) != 0 || ofSource || ofPatterns(pool);
        boolean ofSites = anySiteName || (pool.found() & Needles.SITE_NAME) != 0;
        if (!ofEntries && !ofSites) {
            return false;
        }
        String self = pool.thisClass().replace('/', '.');
        if (selection.excludes(self)) {
            return false;
        }
        return ofEntries && ((pool.found() & Needles.ANNOTATION) != 0 || isOwner(self))
                || ofSites && selection.admitsCallsIn(self) && usesSiteName(pool);
    }

    /// Whether the class may use a wanted field.
    private boolean usesField(RawPool pool, ClassSource classes) {
        boolean named = anyFieldName || (pool.found() & Needles.FIELD_NAME) != 0;
        return named && usesFieldName(pool) || selection.annotated() && AnnotatedFields.mayBeUsedBy(pool, classes);
    }

    private boolean usesFieldName(RawPool pool) {
        for (int i = 1; i < pool.size(); i++) {
            if (pool.tag(i) == RawPool.FIELD) {
                String name = pool.utf8(pool.nameOf(pool.nameAndTypeOf(i)));
                for (KeyPattern pattern : selection.patchable()) {
                    if (pattern.matchesFieldName(name)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean ofPatterns(RawPool pool) {
        return (anyEntryName || (pool.found() & Needles.ENTRY_NAME) != 0)
                && ((pool.found() & Needles.OWNER) != 0 || hasOwnerPrefix(pool));
    }

    /// Whether the source may have other names for members of the class: that of its package for its functions, or
    /// that of a class for those of its singleton.
    private boolean isOfSource(RawPool pool) {
        for (int i = 0; i < sourcePrefixes.size(); i++) {
            if (pool.thisClassStartsLike(sourcePrefixes.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOwner(String self) {
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.matchesOwner(self)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasOwnerPrefix(RawPool pool) {
        for (int i = 0; i < ownerPrefixes.size(); i++) {
            if (pool.thisClassStartsWith(ownerPrefixes.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean usesSiteName(RawPool pool) {
        for (int i = 1; i < pool.size(); i++) {
            int tag = pool.tag(i);
            if ((tag == RawPool.METHOD || tag == RawPool.INTERFACE_METHOD)
                    && couldBeSite(pool, pool.nameAndTypeOf(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean couldBeSite(RawPool pool, int nameAndType) {
        String name = pool.utf8(pool.nameOf(nameAndType));
        for (KeyPattern pattern : selection.sites()) {
            if (pattern.matchesMethodName(name)
                    && (!pattern.isExact()
                            || pattern.matches(keyOf(pattern, name, pool.utf8(pool.typeOf(nameAndType)))))) {
                return true;
            }
        }
        return false;
    }

    private static Key keyOf(KeyPattern exact, String name, String descriptor) {
        return new Key(exact.owner(), name, Descriptors.checked(descriptor));
    }

    private void addOwner(KeyPattern pattern) {
        if (pattern.mayBeOfSource()) {
            String start = pattern.owner().replace('.', '/');
            sourcePrefixes.add(Needles.isPlain(start) ? start.getBytes(StandardCharsets.US_ASCII) : new byte[0]);
        }
        boolean exact = !isWild(pattern.owner()) && !pattern.name().equals("**");
        if (exact && needles.add(pattern.owner().replace('.', '/'), Needles.OWNER)) {
            return;
        }
        String owner = pattern.owner();
        int end = 0; // the first wildcard, or '/', which stands for an asterisk that means itself
        while (end < owner.length() && owner.charAt(end) != '*' && owner.charAt(end) != '/') {
            end++;
        }
        String prefix = owner.substring(0, end).replace('.', '/');
        ownerPrefixes.add(Needles.isPlain(prefix) ? prefix.getBytes(StandardCharsets.US_ASCII) : new byte[0]);
    }

    private static boolean isWild(String pattern) {
        return pattern.indexOf('*') >= 0;
    }
}
