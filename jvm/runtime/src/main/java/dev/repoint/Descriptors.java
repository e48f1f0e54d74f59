package dev.repoint;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

/// Method descriptors (JVMS 4.3.3) as people write types: `(I[BLjava/lang/String;)V` is `int`, `byte[]`,
/// `java.lang.String` and `void`.
final class Descriptors {

    private Descriptors() {}

    /// The parameter types, in order.
    static List<String> parameters(String descriptor) {
        List<String> types = new ArrayList<>();
        int at = 1;
        while (descriptor.charAt(at) != ')') {
            int end = end(descriptor, at);
            types.add(text(descriptor.substring(at, end)));
            at = end;
        }
        return types;
    }

    /// The return type; of a field its type.
    static String returns(String descriptor) {
        int at = 0;
        if (descriptor.charAt(0) == '(') {
            at = 1;
            while (descriptor.charAt(at) != ')') { // names may hold one
                at = end(descriptor, at);
            }
            at++;
        }
        return text(descriptor.substring(at));
    }

    private static int end(String descriptor, int start) {
        int at = start;
        while (descriptor.charAt(at) == '[') {
            at++;
        }
        return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
    }

    private static String text(String type) {
        int dimensions = type.lastIndexOf('[') + 1;
        String element = type.substring(dimensions);
        String name = element.charAt(0) == 'L'
                ? element.substring(1, element.length() - 1).replace('/', '.')
                : ClassDesc.ofDescriptor(element).displayName();
        return name + "[]".repeat(dimensions);
    }
}
