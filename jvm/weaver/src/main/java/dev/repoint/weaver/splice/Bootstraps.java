package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The bootstrap methods of a class (JVMS 4.7.23), and added ones.
final class Bootstraps {

    private final ClassView view;
    private final Map<List<Integer>, Integer> others = new HashMap<>();
    private final ByteSink added = new ByteSink(128);
    private int count;

    Bootstraps(ClassView view) {
        this.view = view;
        int at = view.bootstrapMethodsAt();
        this.count = at < 0 ? 0 : Bytes.u2(view.bytes, at + 6);
    }

    /// Adds a bootstrap method with two arguments.
    ///
    /// @return its number
    int add(int handle, int argument, int other) {
        added.u2(handle);
        added.u2(2);
        added.u2(argument);
        added.u2(other);
        return count++;
    }

    /// The number of a bootstrap method. It is added if necessary.
    int of(int handle, List<Integer> arguments) {
        List<Integer> key = new ArrayList<>(arguments);
        key.add(handle);
        Integer known = others.get(key);
        if (known != null) {
            return known;
        }
        added.u2(handle);
        added.u2(arguments.size());
        arguments.forEach(added::u2);
        others.put(key, count);
        return count++;
    }

    int count() {
        return count;
    }

    /// The number of added bytes.
    int length() {
        return added.length();
    }

    /// Writes the attribute without its name.
    void write(ByteSink out) {
        int at = view.bootstrapMethodsAt();
        int end = at < 0 ? 0 : view.endOfAttribute(at, view.bytes.length);
        int start = at < 0 ? 0 : at + 8;
        out.u4(2 + end - start + added.length());
        out.u2(count);
        out.copy(view.bytes, start, end);
        out.copy(added);
    }
}
