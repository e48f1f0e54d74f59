package dev.repoint.machine.mangling;

import java.util.ArrayList;
import java.util.List;

/// Reads substitutions: names that refer back to parts of the symbol, and abbreviations of the standard library
/// (Itanium C++ ABI, "Compression").
final class ItaniumSubstitutions {

    private static final int MOST = 1 << 14;
    private static final String ALLOCATED = "char, std::char_traits<char>, std::allocator<char> >";

    private final ItaniumNames names;
    private final Cursor in;
    private final List<Node> substitutes = new ArrayList<>();

    ItaniumSubstitutions(ItaniumNames names) {
        this.names = names;
        this.in = names.in;
    }

    /// Adds a part that names may refer back to.
    void add(Node node) {
        if (substitutes.size() >= MOST) {
            throw new UnreadableNameException();
        }
        substitutes.add(node);
    }

    /// Takes the last part out again.
    void removeLast() {
        substitutes.removeLast();
    }

    /// `substitution`.
    ///
    /// @param isScope whether a constructor may follow, which needs the whole name
    Node read(boolean isScope) {
        in.require('S');
        boolean structor = false;
        char next = in.peek();
        if (next >= 'a' && next <= 'z') {
            in.next();
            structor = isScope && (in.peek() == 'C' || in.peek() == 'D' && in.peek(1) != 't' && in.peek(1) != 'T');
            Node standard = switch (next) {
                case 'a' -> new NameNodes.Plain("std::allocator", "allocator");
                case 'b' -> new NameNodes.Plain("std::basic_string", "basic_string");
                case 's' ->
                    new NameNodes.Plain(structor ? "std::basic_string<" + ALLOCATED : "std::string", "basic_string");
                case 'i' -> stream("istream", structor);
                case 'o' -> stream("ostream", structor);
                case 'd' -> stream("iostream", structor);
                default -> throw new UnreadableNameException();
            };
            return tagged(standard);
        }
        int index = 0;
        if (next != '_') {
            long value = 0;
            while (in.peek() != '_') {
                int digit = Character.digit(in.next(), 36);
                if (digit < 0 || value > Integer.MAX_VALUE / 64) {
                    throw new UnreadableNameException();
                }
                value = value * 36 + digit;
            }
            index = (int) value + 1;
        }
        in.require('_');
        if (index >= substitutes.size()) {
            throw new UnreadableNameException();
        }
        return substitutes.get(index);
    }

    private static Node stream(String name, boolean whole) {
        return new NameNodes.Plain(
                whole ? "std::basic_" + name + "<char, std::char_traits<char> >" : "std::" + name, "basic_" + name);
    }

    private Node tagged(Node standard) {
        Node node = standard;
        while (in.peek() == 'B') {
            in.next();
            node = new NameNodes.Marked("", node, "[abi:" + names.source() + "]");
            add(node);
        }
        return node;
    }
}
