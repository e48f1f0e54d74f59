package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An annotation of a class file (JVMS 4.7.16).
///
/// | element | value |
/// | --- | --- |
/// | of a type `int` | Integer |
/// | string | String |
/// | class | its descriptor, as a [ClassValue] |
/// | annotation | AnnotationView |
/// | array | List |
/// | any other | the bytes are skipped, and the value is absent |
///
/// @param type descriptor of the annotation's class
/// @param elements its values by their names
public record AnnotationView(String type, Map<String, Object> elements) {

    /// A class in an annotation.
    ///
    /// @param descriptor a field descriptor, or `V`
    public record ClassValue(String descriptor) {}

    /// The maximum nesting of annotations. Each level takes stack here.
    private static final int MOST_LEVELS = 100;

    /// Reads annotations. For one attribute.
    private static final class Reader {

        private final PoolView owner;
        private int at;

        Reader(PoolView owner, int at) {
            this.owner = owner;
            this.at = at;
        }

        List<AnnotationView> all() {
            List<AnnotationView> all = new ArrayList<>();
            for (int count = u2(); count > 0; count--) {
                all.add(one(MOST_LEVELS));
            }
            return all;
        }

        private AnnotationView one(int levels) {
            String type = owner.utf8(u2());
            Map<String, Object> elements = new HashMap<>();
            for (int count = u2(); count > 0; count--) {
                String name = owner.utf8(u2());
                List<Object> value = value(levels);
                if (!value.isEmpty()) {
                    elements.put(name, value.get(0));
                }
            }
            return new AnnotationView(type, elements);
        }

        /// @return empty if the value is of no interest
        private List<Object> value(int levels) {
            if (levels == 0) {
                throw Bytes.malformed(at, "annotations in one another, over " + MOST_LEVELS + " deep");
            }
            int tag = Bytes.u1(owner.bytes, at++);
            return switch (tag) {
                case 'I' -> List.of(owner.integer(u2()));
                case 's' -> List.of(owner.utf8(u2()));
                case 'c' -> List.of(new ClassValue(owner.utf8(u2())));
                case '@' -> List.of(one(levels - 1));
                case 'B', 'C', 'D', 'F', 'J', 'S', 'Z' -> {
                    at += 2;
                    yield List.of();
                }
                case 'e' -> {
                    at += 4;
                    yield List.of();
                }
                case '[' -> {
                    List<Object> values = new ArrayList<>();
                    for (int count = u2(); count > 0; count--) {
                        values.addAll(value(levels - 1));
                    }
                    yield List.of(values);
                }
                default -> throw Bytes.malformed(at - 1, "an annotation value of tag " + tag);
            };
        }

        private int u2() {
            at += 2;
            return Bytes.u2(owner.bytes, at - 2);
        }
    }

    /// Reads the annotations in an attribute.
    ///
    /// @param at the offset of the content of the attribute
    static List<AnnotationView> read(PoolView owner, int at) {
        return new Reader(owner, at).all();
    }
}
