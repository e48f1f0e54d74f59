package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.shape.Shape;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
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

    /// Selects the methods and fields whose uses are wanted.
    public interface Wanted {

        /// Whether a wanted method or field may have this name. The scanner calls this before it resolves a
        /// reference, because resolution takes time.
        ///
        /// @param name the name of a method or field
        /// @return false if none has it
        boolean couldBeNamed(String name);

        /// Whether the uses of a method or field are wanted.
        ///
        /// @param key the resolved method or field
        /// @param synthetic whether a compiler made it
        /// @return whether its uses are wanted
        boolean include(Key key, boolean synthetic);
    }

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
        return parsed(pool, classFile, model -> {
            List<Finding> found = new ArrayList<>();
            for (MethodModel method : model.methods()) {
                Key key = keyOf(model, method);
                if (EntryMatch.of(selection, key, method) != EntryMatch.NONE) {
                    found.add(judge(model, method, key, true));
                }
            }
            for (FieldModel field : model.fields()) {
                Key key = keyOf(model, field);
                if (FieldMatch.of(selection, key, field) != FieldMatch.NONE && !isCoveredInPassing(key, field)) {
                    found.add(judge(key, field.flags().flagsMask()));
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
                model -> Stream.concat(
                                model.methods().stream().map(method -> keyOf(model, method)),
                                model.fields().stream()
                                        .filter(field ->
                                                Modifier.isStatic(field.flags().flagsMask()))
                                        .map(field -> keyOf(model, field)))
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
            return parsed(RawPool.read(bytes, new Needles()), bytes, model -> lookAtField(model, key));
        }
        return parsed(RawPool.read(bytes, new Needles()), bytes, model -> {
            for (MethodModel method : model.methods()) {
                boolean named = method.methodName().equalsString(key.name());
                if (named && method.methodType().equalsString(key.descriptor())) {
                    return judge(model, method, key, false);
                }
                if (named && SignaturePolymorphic.is(new ModelFacts(model, method))) {
                    return new Finding(
                            key, Safety.NONE, reason(EntryRules.refusal(new ModelFacts(model, method), false)));
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
    public SiteScan sites(byte[] classFile, Wanted wanted) {
        RawPool pool = RawPool.read(classFile, new Needles());
        String self = pool.thisClass().replace('/', '.');
        if (selection.excludes(self) || !selection.admitsCallsIn(self)) {
            return new SiteScan(List.of(), List.of());
        }
        return parsed(pool, classFile, model -> {
            Hierarchy hierarchy = new Hierarchy(Outline.of(model), outlines);
            return new SiteWalk(model, new References(hierarchy, wanted)).run();
        });
    }

    /// Whether only a pattern with wildcards matches a field that cannot be patched. Most of these fields are
    /// constants.
    private boolean isCoveredInPassing(Key key, FieldModel field) {
        return FieldRules.refusal(field.flags().flagsMask()) != null
                && FieldMatch.annotationOf(field) == FieldMatch.NONE
                && selection.patchable().stream()
                        .noneMatch(pattern -> pattern.isOfFields() && pattern.isExact() && pattern.matches(key));
    }

    private static Finding lookAtField(ClassModel model, Key key) {
        for (FieldModel field : model.fields()) {
            if (field.fieldName().equalsString(key.name()) && field.fieldType().equalsString(key.descriptor())) {
                return judge(key, field.flags().flagsMask());
            }
        }
        return new Finding(key, Safety.NONE, "its class declares no such field");
    }

    private static Finding judge(Key field, int flags) {
        String refusal = FieldRules.refusal(flags);
        return new Finding(field, refusal == null ? Safety.FIELD : Safety.NONE, reason(refusal));
    }

    private static Finding judge(ClassModel owner, MethodModel method, Key key, boolean withTwin) {
        if (Woven.hasPrologue(owner, method)) {
            return new Finding(key, Safety.ENTRY, "");
        }
        String refusal = EntryRules.refusal(new ModelFacts(owner, method), withTwin);
        if (refusal == null) {
            return new Finding(key, Safety.ENTRY, "");
        }
        boolean beyondSites = key.name().startsWith("<")
                || SignaturePolymorphic.is(new ModelFacts(owner, method))
                || Shape.slots(
                                key.descriptor(),
                                Modifier.isStatic(method.flags().flagsMask()))
                        > Shape.MAX_SLOTS;
        return new Finding(key, beyondSites ? Safety.NONE : Safety.SITES, refusal);
    }

    private static String reason(@Nullable String refusal) {
        return refusal == null ? "" : refusal;
    }

    private static Key keyOf(ClassModel owner, MethodModel method) {
        return new Key(
                owner.thisClass().asInternalName().replace('/', '.'),
                method.methodName().stringValue(),
                Descriptors.checked(method.methodType().stringValue()));
    }

    private static Key keyOf(ClassModel owner, FieldModel field) {
        return new Key(
                owner.thisClass().asInternalName().replace('/', '.'),
                field.fieldName().stringValue(),
                field.fieldType().stringValue());
    }

    private static <T> T parsed(RawPool pool, byte[] classFile, Function<ClassModel, T> reading) {
        try {
            return reading.apply(Parsing.parse(classFile));
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            throw Parsing.failed(pool.thisClass(), e);
        }
    }
}
