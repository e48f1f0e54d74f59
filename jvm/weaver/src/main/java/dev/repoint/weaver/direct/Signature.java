package dev.repoint.weaver.direct;

import java.util.ArrayList;
import java.util.List;

/// The types of a call: what it takes, the receiver first, and what it returns.
///
/// @param parameters descriptors
/// @param result descriptor
record Signature(List<String> parameters, String result) {

    /// Reads the descriptor of a method.
    ///
    /// @throws RuntimeException if it is malformed
    static Signature of(String descriptor) {
        List<String> parameters = new ArrayList<>();
        int at = 1;
        while (descriptor.charAt(at) != ')') {
            int end = endOfType(descriptor, at);
            parameters.add(descriptor.substring(at, end));
            at = end;
        }
        return new Signature(parameters, descriptor.substring(at + 1));
    }

    /// The same with a receiver.
    ///
    /// @param owner internal name of its class
    Signature withReceiver(String owner) {
        List<String> all = new ArrayList<>(parameters);
        all.add(0, owner.charAt(0) == '[' ? owner : "L" + owner + ";");
        return new Signature(all, result);
    }

    private static int endOfType(String descriptor, int start) {
        int at = start;
        while (descriptor.charAt(at) == '[') {
            at++;
        }
        int end = descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) : at;
        if (end < 0) {
            throw new IllegalArgumentException("a descriptor with a class that does not end: " + descriptor);
        }
        return end + 1;
    }

    /// As it is written in source.
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        parameters.forEach(each -> names.add(text(each)));
        return "(" + String.join(",", names) + "):" + text(result);
    }

    private static String text(String descriptor) {
        int arrays = descriptor.lastIndexOf('[') + 1;
        String element = descriptor.substring(arrays);
        String name = switch (element.charAt(0)) {
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'D' -> "double";
            case 'F' -> "float";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'S' -> "short";
            case 'Z' -> "boolean";
            case 'V' -> "void";
            default -> Types.nameIn(element).replace('/', '.');
        };
        return name + "[]".repeat(arrays);
    }
}
