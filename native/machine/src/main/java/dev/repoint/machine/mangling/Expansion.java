package dev.repoint.machine.mangling;

/// What is written once for each element of the packs in it.
final class Expansion extends Node {
    private final Node pattern;

    Expansion(Node pattern) {
        this.pattern = pattern;
    }

    @Override
    void left(Output out) {
        int index = out.packIndex;
        int size = out.packSize;
        out.packIndex = Output.UNKNOWN;
        out.packSize = Output.UNKNOWN;
        int start = out.length();
        pattern.print(out);
        if (out.packSize == Output.UNKNOWN) {
            out.cut(start);
            operand(pattern, out);
            out.add("...");
        } else if (out.packSize == 0) {
            out.cut(start);
        } else {
            for (int i = 1; i < out.packSize; i++) {
                out.add(", ");
                out.packIndex = i;
                pattern.print(out);
            }
        }
        out.packIndex = index;
        out.packSize = size;
    }
}
