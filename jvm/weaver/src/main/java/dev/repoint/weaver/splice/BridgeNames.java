package dev.repoint.weaver.splice;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The names of the bridges of one class. They are numbered in the order of the first uses, so the same class always
/// gets the same bridges.
final class BridgeNames {

    private final String prefix;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /// @param prefix the beginning of all names
    BridgeNames(ClassView view, String prefix) {
        this.prefix = prefix;
        for (MethodView method : view.methods()) {
            taken.add(method.name());
        }
    }

    /// A new name.
    ///
    /// @param group bridges of a group are numbered together
    String next(String group, String name) {
        int number = numbers.merge(group, 1, Integer::sum) - 1;
        String candidate = prefix + name + number;
        while (!taken.add(candidate)) {
            number++;
            candidate = prefix + name + number;
        }
        return candidate;
    }
}
