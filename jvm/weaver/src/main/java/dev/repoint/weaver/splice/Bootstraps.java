package dev.repoint.weaver.splice;

/// The bootstrap methods of a class (JVMS 4.7.23), and added ones.
final class Bootstraps {

    private final ClassView view;
    private final Pairs numbers = new Pairs();
    private final ByteSink added = new ByteSink(128);
    private int count;

    Bootstraps(ClassView view) {
        this.view = view;
        int at = view.bootstrapMethodsAt();
        this.count = at < 0 ? 0 : Bytes.u2(view.bytes, at + 6);
    }

    /// The number of a bootstrap method with one argument. It is added if necessary.
    int of(int handle, int argument) {
        int known = numbers.get(1, handle, argument);
        if (known != 0) {
            return known - 1;
        }
        added.u2(handle);
        added.u2(1);
        added.u2(argument);
        return numbers.put(1, handle, argument, ++count) - 1;
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
