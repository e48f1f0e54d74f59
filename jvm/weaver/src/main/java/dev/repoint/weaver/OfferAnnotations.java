package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
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
            ClassModel model = Parsing.parse(classFile);
            List<IndexedOffer> offers = new ArrayList<>();
            List<Key> members = new ArrayList<>();
            model.methods().forEach(each -> members.add(key(model, each.methodName(), each.methodType())));
            for (MethodModel method : model.methods()) {
                Key target = key(model, method.methodName(), method.methodType());
                for (Annotation annotation : annotations(method)) {
                    if (!Modifier.isStatic(method.flags().flagsMask())) {
                        throw new PatchRefusal(
                                "@Offer of " + target + ": the method is not static; make it static, with the receiver"
                                        + " of the patchable as its first parameter");
                    }
                    offers.add(offer(target, members, annotation));
                }
            }
            for (FieldModel field : model.fields()) {
                Key target = key(model, field.fieldName(), field.fieldType());
                for (Annotation annotation : annotations(field)) {
                    if (!Modifier.isStatic(field.flags().flagsMask())) {
                        throw new PatchRefusal("@Offer of " + target + ": the field is not static; make it static");
                    }
                    offers.add(offer(target, members, annotation));
                }
            }
            return offers;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            throw WeaveException.unreadable(pool.thisClass(), e);
        }
    }

    private static Key key(ClassModel model, Utf8Entry name, Utf8Entry descriptor) {
        return new Key(
                model.thisClass().asInternalName().replace('/', '.'), name.stringValue(), descriptor.stringValue());
    }

    private static List<Annotation> annotations(AttributedElement member) {
        List<Annotation> found = new ArrayList<>();
        member.findAttribute(Attributes.runtimeInvisibleAnnotations()).ifPresent(attribute -> {
            for (Annotation annotation : attribute.annotations()) {
                if (annotation.className().equalsString(ONE)) {
                    found.add(annotation);
                } else if (annotation.className().equalsString(SEVERAL)) {
                    for (AnnotationValue each : array(elements(annotation).get("value"))) {
                        found.add(((AnnotationValue.OfAnnotation) each).annotation());
                    }
                }
            }
        });
        return found;
    }

    private static IndexedOffer offer(Key target, List<Key> members, Annotation annotation) {
        Map<String, AnnotationValue> elements = elements(annotation);
        try {
            return new IndexedOffer(
                    KeyPattern.parse(text(elements.get("key"))),
                    text(target, members),
                    elements.get("priority") instanceof AnnotationValue.OfInt priority ? priority.intValue() : 0,
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

    private static Map<String, AnnotationValue> elements(Annotation annotation) {
        Map<String, AnnotationValue> elements = new HashMap<>();
        for (AnnotationElement element : annotation.elements()) {
            elements.put(element.name().stringValue(), element.value());
        }
        return elements;
    }

    private static List<AnnotationValue> array(@Nullable AnnotationValue value) {
        return value == null ? List.of() : ((AnnotationValue.OfArray) value).values();
    }

    private static List<String> texts(@Nullable AnnotationValue value) {
        return array(value).stream().map(OfferAnnotations::text).toList();
    }

    private static String text(@Nullable AnnotationValue value) {
        return value == null ? "" : ((AnnotationValue.OfString) value).stringValue();
    }

    private static String className(@Nullable AnnotationValue value) {
        if (value == null) {
            return "";
        }
        String descriptor = ((AnnotationValue.OfClass) value).className().stringValue();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    private static Needles needles() {
        Needles needles = new Needles();
        needles.add(ONE, FOUND);
        needles.add(SEVERAL, FOUND);
        return needles;
    }
}
