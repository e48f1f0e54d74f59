package dev.repoint.machine.mangling;

import java.util.List;

/// A part of a name. Types are written around what they are of: `int (*` before a name, `)(char)` behind it.
abstract class Node {

    /// Writes what stands before.
    abstract void left(Output out);

    /// Writes what stands behind.
    void right(Output out) {}

    /// Writes the whole.
    final void print(Output out) {
        writeLeft(out);
        writeRight(out);
    }

    final void writeLeft(Output out) {
        out.enter();
        left(out);
        out.leave();
    }

    final void writeRight(Output out) {
        out.enter();
        right(out);
        out.leave();
    }

    /// Whether a part stands behind.
    boolean hasRight(Output out) {
        return false;
    }

    /// Whether it is a type without a name, whose constructors are called after what is around it.
    boolean isUnnamed() {
        return false;
    }

    boolean isFunction() {
        return false;
    }

    boolean isArray() {
        return false;
    }

    /// What it stands for: an argument that was read later, or the element of a pack that is written.
    Node resolved(Output out) {
        return this;
    }

    /// Whether an expression needs no parentheses around it.
    boolean isSimple() {
        return false;
    }

    /// The name of constructors of a class of this name.
    String base() {
        Output out = new Output();
        print(out);
        return out.toString();
    }

    /// Writes a list. What writes nothing at its end is left out, with the comma before it; in other places the comma
    /// stays, as in GNU binutils.
    static void list(List<Node> nodes, Output out) {
        int end = out.length();
        for (int i = 0; i < nodes.size(); i++) {
            if (i > 0) {
                out.add(", ");
            }
            int start = out.length();
            nodes.get(i).print(out);
            if (out.length() > start) {
                end = out.length();
            }
        }
        out.cutList(end);
    }

    /// Writes an operand.
    static void operand(Node node, Output out) {
        boolean simple = node.resolved(out).isSimple();
        if (!simple) {
            out.add('(');
        }
        node.print(out);
        if (!simple) {
            out.add(')');
        }
    }
}
