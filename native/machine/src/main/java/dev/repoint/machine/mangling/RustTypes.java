package dev.repoint.machine.mangling;

import java.util.Map;

/// Reads the types in rustc's newer names (Rust RFC 2603, `type`, `fn-sig`, `dyn-bounds`, `lifetime`), and writes
/// them as it reads.
final class RustTypes {

    private static final Map<Character, String> BASIC = Map.ofEntries(
            Map.entry('b', "bool"),
            Map.entry('c', "char"),
            Map.entry('e', "str"),
            Map.entry('u', "()"),
            Map.entry('a', "i8"),
            Map.entry('s', "i16"),
            Map.entry('l', "i32"),
            Map.entry('x', "i64"),
            Map.entry('n', "i128"),
            Map.entry('i', "isize"),
            Map.entry('h', "u8"),
            Map.entry('t', "u16"),
            Map.entry('m', "u32"),
            Map.entry('y', "u64"),
            Map.entry('o', "u128"),
            Map.entry('j', "usize"),
            Map.entry('f', "f32"),
            Map.entry('d', "f64"),
            Map.entry('z', "!"),
            Map.entry('p', "_"),
            Map.entry('v', "..."));
    private static final int MOST_LIFETIMES = 26;
    private static final int MOST_BOUND = 1 << 10;

    private final RustNames names;
    private final Cursor in;
    private final Output out;
    private long lifetimes;

    RustTypes(RustNames names, Cursor in, Output out) {
        this.names = names;
        this.in = in;
        this.out = out;
    }

    /// `type`.
    void type() {
        in.enter();
        out.enter();
        String basic = BASIC.get(in.peek());
        if (basic != null) {
            in.next();
            names.write(basic);
        } else {
            compound();
        }
        out.leave();
        in.leave();
    }

    private void compound() {
        switch (in.next()) {
            case 'R' -> reference("");
            case 'Q' -> reference("mut ");
            case 'P' -> {
                names.write("*const ");
                type();
            }
            case 'O' -> {
                names.write("*mut ");
                type();
            }
            case 'A' -> {
                names.write("[");
                type();
                names.write("; ");
                names.constant();
                names.write("]");
            }
            case 'S' -> {
                names.write("[");
                type();
                names.write("]");
            }
            case 'T' -> {
                names.write("(");
                int count = 0;
                for (; !in.skip('E'); count++) {
                    if (count > 0) {
                        names.write(", ");
                    }
                    type();
                }
                names.write(count == 1 ? ",)" : ")");
            }
            case 'F' -> bound(this::function);
            case 'D' -> {
                names.write("dyn ");
                bound(this::traits);
                in.require('L');
                int lifetime = names.number();
                if (lifetime != 0) {
                    names.write(" + ");
                    lifetime(lifetime);
                }
            }
            case 'B' -> names.again(this::type);
            default -> {
                in.back(in.at() - 1);
                names.path(false);
            }
        }
    }

    private void reference(String mutability) {
        names.write("&");
        if (in.skip('L')) {
            int lifetime = names.number();
            if (lifetime != 0) {
                lifetime(lifetime);
                names.write(" ");
            }
        }
        names.write(mutability);
        type();
    }

    private void function() {
        if (in.skip('U')) {
            names.write("unsafe ");
        }
        if (in.skip('K')) {
            String abi = in.skip('C') ? "C" : names.identifier().replace('_', '-');
            names.write("extern \"" + abi + "\" ");
        }
        names.write("fn(");
        for (int i = 0; !in.skip('E'); i++) {
            if (i > 0) {
                names.write(", ");
            }
            type();
        }
        names.write(")");
        if (in.skip('u')) {
            return;
        }
        names.write(" -> ");
        type();
    }

    private void traits() {
        for (int i = 0; !in.skip('E'); i++) {
            if (i > 0) {
                names.write(" + ");
            }
            trait();
        }
    }

    private void trait() {
        boolean isOpen = openPath();
        while (in.skip('p')) {
            names.write(isOpen ? ", " : "<");
            isOpen = true;
            names.write(names.identifier());
            names.write(" = ");
            type();
        }
        if (isOpen) {
            names.write(">");
        }
    }

    /// A path whose generic arguments are left open, so that associated types can follow.
    ///
    /// @return whether they are open
    private boolean openPath() {
        if (in.skip('B')) {
            boolean[] isOpen = new boolean[1];
            names.again(() -> isOpen[0] = openPath());
            return isOpen[0];
        }
        if (!in.skip('I')) {
            names.path(false);
            return false;
        }
        names.path(false);
        names.write("<");
        names.arguments();
        return true;
    }

    private void bound(Runnable inner) {
        long before = lifetimes;
        if (in.skip('G')) {
            int count = names.number() + 1;
            if (count > MOST_BOUND) {
                throw new UnreadableNameException();
            }
            names.write("for<");
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    names.write(", ");
                }
                lifetimes++;
                lifetime(1);
            }
            names.write("> ");
        }
        inner.run();
        lifetimes = before;
    }

    /// `lifetime`.
    ///
    /// @param index from the innermost one, from 1; 0 is none
    void lifetime(int index) {
        if (index == 0) {
            names.write("'_");
            return;
        }
        long depth = lifetimes - index;
        if (depth < 0) {
            throw new UnreadableNameException();
        }
        names.write(depth < MOST_LIFETIMES ? "'" + (char) ('a' + depth) : "'_" + depth);
    }
}
