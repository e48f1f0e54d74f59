package dev.repoint.weaver.direct;

import dev.repoint.weaver.splice.ClassView;
import java.util.ArrayList;
import java.util.List;

/// A bootstrap method with its arguments (JVMS 4.7.23).
///
/// @param method what it is
/// @param arguments the indexes of the constants
@SuppressWarnings("ArrayRecordComponent") // never compared
record Bootstrap(MemberConstant method, int[] arguments) {

    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
    private static final int METHOD_HANDLE = 15;
    private static final int INTEGER = 3;
    private static final int IMPLEMENTATION = 1;
    private static final int FLAGS = 3;
    private static final int SERIALIZABLE = 1;

    /// The bootstrap methods of a class.
    static Bootstrap[] of(ClassView view) {
        int start = view.bootstrapMethodsAt();
        if (start < 0) {
            return new Bootstrap[0];
        }
        Bootstrap[] all = new Bootstrap[view.u2(start + 6)];
        int at = start + 8;
        for (int i = 0; i < all.length; i++) {
            int[] arguments = new int[view.u2(at + 2)];
            for (int j = 0; j < arguments.length; j++) {
                arguments[j] = view.u2(at + 4 + 2 * j);
            }
            all[i] = new Bootstrap(MemberConstant.ofHandle(view, view.u2(at)), arguments);
            at += 4 + 2 * arguments.length;
        }
        return all;
    }

    /// That of a dynamic call or constant.
    static Bootstrap ofCall(Bootstrap[] all, ClassView view, int index) {
        int number = view.u2(view.constant(index, view.tag(index)) + 1);
        if (number >= all.length) {
            throw new IllegalArgumentException("bootstrap method " + number + " is not there");
        }
        return all[number];
    }

    /// The method handles among its arguments.
    List<Integer> handles(ClassView view) {
        List<Integer> handles = new ArrayList<>();
        for (int each : arguments) {
            if (view.tag(each) == METHOD_HANDLE) {
                handles.add(each);
            }
        }
        return handles;
    }

    /// Whether a constant is the body of the lambda, or the method of the method reference, that it makes.
    boolean isImplementation(int handle) {
        return method.owner().equals(LAMBDAS)
                && arguments.length > IMPLEMENTATION
                && arguments[IMPLEMENTATION] == handle
                && count(handle) == 1;
    }

    /// Whether what it makes can be serialized.
    boolean isSerializable(ClassView view) {
        return method.name().equals("altMetafactory")
                && arguments.length > FLAGS
                && view.tag(arguments[FLAGS]) == INTEGER
                && (view.u1(view.constant(arguments[FLAGS], INTEGER) + 4) & SERIALIZABLE) != 0;
    }

    private int count(int handle) {
        int count = 0;
        for (int each : arguments) {
            count += each == handle ? 1 : 0;
        }
        return count;
    }
}
