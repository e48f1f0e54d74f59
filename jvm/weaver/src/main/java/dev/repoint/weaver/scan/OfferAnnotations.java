package dev.repoint.weaver.scan;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.outline.Needles;
import dev.repoint.weaver.outline.RawPool;
import dev.repoint.weaver.splice.AnnotationView;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.FieldView;
import dev.repoint.weaver.splice.MemberView;
import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the [dev.repoint.Offer] annotations of a class file.
public final class OfferAnnotations {

    private static final String ONE = "Ldev/repoint/Offer;";
    private static final String SEVERAL = "Ldev/repoint/Offers;";
    private static final int FOUND = 1;

    private static final Needles NEEDLES = needles();

    private OfferAnnotations() {}

    /// The offers of a class.
    ///
    /// @param classFile the class file
    /// @return the offers in the order of its methods, then of its fields. For most classes it is empty after one
    ///     pass over the constant pool
    /// @throws WeaveException if the class file is malformed
    /// @throws PatchException if an annotation is no valid offer; the message names the method or field
    public static List<IndexedOffer> of(byte[] classFile) {
        RawPool pool = RawPool.read(classFile, NEEDLES);
        if (pool.found() != FOUND) {
            return List.of();
        }
        try {
            ClassView view = pool.view();
            List<IndexedOffer> offers = new ArrayList<>();
            List<Key> members = new ArrayList<>();
            for (MethodView method : view.methods()) {
                members.add(key(view, method));
            }
            for (MethodView method : view.methods()) {
                Key target = key(view, method);
                for (AnnotationView annotation : annotations(method)) {
                    if (!Modifier.isStatic(method.flags())) {
                        throw new PatchRefusal(
                                "@Offer of " + target + ": the method is not static; make it static, with the receiver"
                                        + " of the patchable as its first parameter");
                    }
                    offers.add(offer(target, members, annotation.elements()));
                }
            }
            for (FieldView field : view.fields()) {
                Key target = key(view, field);
                for (AnnotationView annotation : annotations(field)) {
                    if (!Modifier.isStatic(field.flags())) {
                        throw new PatchRefusal("@Offer of " + target + ": the field is not static; make it static");
                    }
                    offers.add(offer(target, members, annotation.elements()));
                }
            }
            return offers;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            throw WeaveException.unreadable(pool.thisClass(), e);
        }
    }

    private static Key key(ClassView owner, MemberView member) {
        return new Key(owner.name().replace('/', '.'), member.name(), member.descriptor());
    }

    private static List<AnnotationView> annotations(MemberView member) {
        List<AnnotationView> found = new ArrayList<>();
        for (AnnotationView annotation : member.invisibleAnnotations()) {
            if (annotation.type().equals(ONE)) {
                found.add(annotation);
            } else if (annotation.type().equals(SEVERAL)) {
                for (Object each : array(annotation.elements().get("value"))) {
                    found.add((AnnotationView) each);
                }
            }
        }
        return found;
    }

    private static IndexedOffer offer(Key target, List<Key> members, Map<String, Object> elements) {
        try {
            return new IndexedOffer(
                    KeyPattern.parse(text(elements.get("key"))),
                    text(target, members),
                    elements.get("priority") instanceof Integer priority ? priority : 0,
                    texts(elements.get("cpu")),
                    texts(elements.get("os")),
                    texts(elements.get("arch")),
                    text(elements.get("jdk")),
                    texts(elements.get("property")),
                    className(elements.get("when")),
                    List.of());
        } catch (PatchException | SyntaxException e) {
            throw new PatchRefusal("@Offer of " + target + ": " + e.getMessage(), e);
        }
    }

    /// The target as text. It contains the type of the result if methods differ only in it.
    private static String text(Key target, List<Key> members) {
        boolean alone = members.stream()
                .allMatch(each -> each.equals(target) || !each.text().equals(target.text()));
        return alone ? target.text() : target.fullText();
    }

    private static List<?> array(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        for (Object each : array(value)) {
            texts.add((String) each);
        }
        return texts;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : (String) value;
    }

    private static String className(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String descriptor = ((AnnotationView.ClassValue) value).descriptor();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    private static Needles needles() {
        Needles needles = new Needles();
        needles.add(ONE, FOUND);
        needles.add(SEVERAL, FOUND);
        return needles;
    }
}
