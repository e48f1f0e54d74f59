package dev.repoint.weaver.scan;

import dev.repoint.Key;
import dev.repoint.shape.Shape;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Finding;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.SiteScan;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.outline.AccessFlags;
import dev.repoint.weaver.outline.Descriptors;
import dev.repoint.weaver.outline.FieldMatch;
import dev.repoint.weaver.outline.Hierarchy;
import dev.repoint.weaver.outline.Needles;
import dev.repoint.weaver.outline.Outline;
import dev.repoint.weaver.outline.Outlines;
import dev.repoint.weaver.outline.RawPool;
import dev.repoint.weaver.rules.CompiledForms;
import dev.repoint.weaver.rules.EntryMatch;
import dev.repoint.weaver.rules.EntryRules;
import dev.repoint.weaver.rules.FieldRules;
import dev.repoint.weaver.rules.Interest;
import dev.repoint.weaver.rules.SignaturePolymorphic;
import dev.repoint.weaver.rules.ViewFacts;
import dev.repoint.weaver.rules.Woven;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.FieldView;
import dev.repoint.weaver.splice.MethodView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads class files, and finds the patchables that they declare and use. It changes and loads nothing.
///
/// It keeps the outlines of the referenced classes. So use one scanner for many class files that see the same
/// classes. Not thread-safe.
public final class ClassScanner {

    private final Selection selection;
    private final ClassSource classes;
    private final Outlines outlines;
    private final Interest interest;

    /// A scanner.
    ///
    /// @param selection the wanted methods
    /// @param classes the source of other classes, to resolve references
    public ClassScanner(Selection selection, ClassSource classes) {
        this.selection = selection;
        this.classes = classes;
        this.outlines = new Outlines(classes);
        this.interest = new Interest(
                new Selection(selection.patchable(), selection.annotated(), List.of(), List.of(), selection.exclude()));
    }

    /// The name of the class in a class file.
    ///
    /// @param classFile the class file; not changed
    /// @return its internal name
    /// @throws WeaveException if the bytes are not a class file; the message gives the value and the offset
    public static String internalName(byte[] classFile) {
        return RawPool.read(classFile, new Needles()).thisClass();
    }

    /// The selected methods and fields that a class declares, also if they cannot be patched.
    ///
    /// @param classFile the class file; not changed
    /// @return one finding for each, in the order of the class file
    /// @throws WeaveException if the class file is malformed
    public List<Finding> declared(byte[] classFile) {
        RawPool pool = RawPool.read(classFile, interest.needles());
        if (!interest.concerns(pool)) {
            return List.of();
        }
        return parsed(pool, classFile, view -> {
            List<Finding> found = new ArrayList<>();
            for (MethodView method : view.methods()) {
                Key key = keyOf(view, method);
                if (EntryMatch.of(selection, key, view, method) != EntryMatch.NONE) {
                    String inline = CompiledForms.refusal(selection, key, view, method);
                    found.add(inline == null ? judge(view, method, key) : new Finding(key, Safety.NONE, inline));
                }
            }
            for (FieldView field : view.fields()) {
                Key key = keyOf(view, field);
                if (FieldMatch.of(selection, key, field) != FieldMatch.NONE && !isCoveredInPassing(key, field)) {
                    found.add(judge(key, field.flags()));
                }
            }
            return found;
        });
    }

    /// The keys of all methods and static fields that a class declares, selected or not.
    ///
    /// @param classFile the class file; not changed
    /// @return its methods, then its fields, in the order of the class file
    /// @throws WeaveException if the class file is malformed
    public List<Key> members(byte[] classFile) {
        RawPool pool = RawPool.read(classFile, new Needles());
        return parsed(
                pool,
                classFile,
                view -> Stream.concat(
                                Arrays.stream(view.methods()).map(method -> keyOf(view, method)),
                                Arrays.stream(view.fields())
                                        .filter(field -> (field.flags() & AccessFlags.STATIC) != 0)
                                        .map(field -> keyOf(view, field)))
                        .toList());
    }

    /// The possible patches of a method or field that a class uses. The scanner reads the declaring class.
    ///
    /// @param key the resolved method or field
    /// @return the finding. If the declaring class was not found, only the calls can be patched
    public Finding look(Key key) {
        byte[] bytes = classes.find(key.internalOwner());
        if (bytes == null) {
            return key.isField()
                    ? new Finding(key, Safety.FIELD, "")
                    : new Finding(key, Safety.SITES, "its class is not here to be looked at");
        }
        if (key.isField()) {
            return parsed(RawPool.read(bytes, new Needles()), bytes, view -> lookAtField(view, key));
        }
        return parsed(RawPool.read(bytes, new Needles()), bytes, view -> {
            for (MethodView method : view.methods()) {
                boolean named = method.name().equals(key.name());
                if (named && method.descriptor().equals(key.descriptor())) {
                    return judge(view, method, key);
                }
                if (named && SignaturePolymorphic.is(new ViewFacts(view, method))) {
                    return new Finding(
                            key, Safety.NONE, reason(EntryRules.refusal(new ViewFacts(view, method), false)));
                }
            }
            return new Finding(key, Safety.NONE, "its class declares no such method");
        });
    }

    /// The places of a class that use wanted methods and fields.
    ///
    /// The scanner hides the code that weaving added: a call of a bridge is a site of the method behind the bridge,
    /// and the result contains no sites inside bridges and twins.
    ///
    /// @param classFile the class file; not changed
    /// @param wanted the methods and fields
    /// @return the places; none if the selection excludes the class
    /// @throws WeaveException if the class file is malformed
    public SiteScan sites(byte[] classFile, WantedUses wanted) {
        RawPool pool = RawPool.read(classFile, new Needles());
        String self = pool.thisClass().replace('/', '.');
        if (selection.excludes(self) || !selection.admitsCallsIn(self)) {
            return new SiteScan(List.of(), List.of());
        }
        return parsed(pool, classFile, view -> {
            Hierarchy hierarchy = new Hierarchy(Outline.of(view), outlines);
            return new SiteWalk(view, new References(view, hierarchy, wanted)).run();
        });
    }

    /// Whether only a pattern with wildcards matches a field that cannot be patched. Most of these fields are
    /// constants.
    private boolean isCoveredInPassing(Key key, FieldView field) {
        return FieldRules.refusal(field.flags()) != null
                && FieldMatch.annotationOf(field) == FieldMatch.NONE
                && selection.patchable().stream()
                        .noneMatch(pattern -> pattern.isOfFields() && pattern.isExact() && pattern.matches(key));
    }

    private static Finding lookAtField(ClassView view, Key key) {
        for (FieldView field : view.fields()) {
            if (field.name().equals(key.name()) && field.descriptor().equals(key.descriptor())) {
                return judge(key, field.flags());
            }
        }
        return new Finding(key, Safety.NONE, "its class declares no such field");
    }

    private static Finding judge(Key field, int flags) {
        String refusal = FieldRules.refusal(flags);
        return new Finding(field, refusal == null ? Safety.FIELD : Safety.NONE, reason(refusal));
    }

    private static Finding judge(ClassView owner, MethodView method, Key key) {
        if (Woven.hasPrologue(method)) {
            return new Finding(key, Safety.ENTRY, "");
        }
        String refusal = EntryRules.refusal(new ViewFacts(owner, method), false);
        if (refusal == null) {
            return new Finding(key, Safety.ENTRY, "");
        }
        boolean beyondSites = key.name().startsWith("<")
                || SignaturePolymorphic.is(new ViewFacts(owner, method))
                || Shape.slots(key.descriptor(), (method.flags() & AccessFlags.STATIC) != 0) > Shape.MAX_SLOTS;
        return new Finding(key, beyondSites ? Safety.NONE : Safety.SITES, refusal);
    }

    private static String reason(@Nullable String refusal) {
        return refusal == null ? "" : refusal;
    }

    private static Key keyOf(ClassView owner, MethodView method) {
        return new Key(owner.name().replace('/', '.'), method.name(), Descriptors.checked(method));
    }

    private static Key keyOf(ClassView owner, FieldView field) {
        return new Key(owner.name().replace('/', '.'), field.name(), field.descriptor());
    }

    private static <T> T parsed(RawPool pool, byte[] classFile, Function<ClassView, T> reading) {
        try {
            return reading.apply(pool.view());
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            WeaveException.requireKnown(classFile);
            throw WeaveException.failed(pool.thisClass(), e);
        }
    }
}
