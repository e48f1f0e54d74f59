package dev.repoint.machine.mangling;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads rustc's newer names (Rust RFC 2603, "Rust symbol name mangling (v0)"): a descent through its grammar
/// that writes as it reads. What was written before is read again where it is named again.
final class RustNames {

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
    private static final int START = 2;
    private static final int MOST_LIFETIMES = 26;
    private static final int MOST_BOUND = 1 << 10;
    private static final long MOST = Integer.MAX_VALUE - 2;

    private final Cursor in;
    private final Output out = new Output();
    private boolean quiet;
    private long lifetimes;

    private RustNames(Cursor in) {
        this.in = in;
    }

    static @Nullable Demangled demangle(String symbol) {
        int end = end(symbol);
        if (end <= START || symbol.charAt(START) < 'A' || symbol.charAt(START) > 'Z') {
            return null;
        }
        RustNames names = new RustNames(new Cursor(symbol, START, end));
        boolean isGeneric = names.in.peek() == 'I';
        names.path(true);
        String whole = names.out.toString();
        if (!names.in.atEnd()) { // the crate that made an instance
            names.quiet = true;
            names.path(false);
            if (!names.in.atEnd()) {
                return null;
            }
        }
        int arguments = isGeneric ? open(whole) : -1;
        return new Demangled(whole, whole, arguments < 0 ? whole : whole.substring(0, arguments));
    }

    private static int end(String symbol) {
        int dot = symbol.indexOf('.', START);
        return dot < 0 ? symbol.length() : dot;
    }

    /// Where the last generic arguments begin.
    private static int open(String name) {
        int depth = 0;
        for (int i = name.length() - 1; i > 0; i--) {
            char each = name.charAt(i);
            if (each == '>' && name.charAt(i - 1) != '-') {
                depth++;
            } else if (each == '<' && --depth == 0) {
                return name.startsWith("::", i - 2) ? i - 2 : -1;
            }
        }
        return -1;
    }

    private void write(String text) {
        if (!quiet) {
            out.add(text);
        }
    }

    /// @param isValue whether `::` stands before generic arguments
    private void path(boolean isValue) {
        in.enter();
        out.enter();
        switch (in.next()) {
            case 'C' -> {
                disambiguator();
                write(identifier());
            }
            case 'N' -> nested(isValue);
            case 'M', 'X' -> {
                char kind = kindBefore();
                disambiguator();
                boolean before = quiet;
                quiet = true;
                path(isValue);
                quiet = before;
                implementation(kind == 'X');
            }
            case 'Y' -> implementation(true);
            case 'I' -> {
                path(isValue);
                write(isValue ? "::<" : "<");
                arguments();
                write(">");
            }
            case 'B' -> again(() -> path(isValue));
            default -> throw new UnreadableNameException();
        }
        out.leave();
        in.leave();
    }

    private char kindBefore() {
        in.back(in.at() - 1);
        return in.next();
    }

    private void implementation(boolean hasTrait) {
        write("<");
        type();
        if (hasTrait) {
            write(" as ");
            path(false);
        }
        write(">");
    }

    private void nested(boolean isValue) {
        char space = in.next();
        path(isValue);
        long number = disambiguator();
        String name = identifier();
        if (space >= 'A' && space <= 'Z') {
            write("::{" + (space == 'C' ? "closure" : space == 'S' ? "shim" : String.valueOf(space)));
            if (!name.isEmpty()) {
                write(":" + name);
            }
            write("#" + number + "}");
        } else if (space >= 'a' && space <= 'z') {
            if (!name.isEmpty()) {
                write("::" + name);
            }
        } else {
            throw new UnreadableNameException();
        }
    }

    private void arguments() {
        boolean isFirst = true;
        while (!in.skip('E')) {
            if (!isFirst) {
                write(", ");
            }
            isFirst = false;
            if (in.skip('L')) {
                lifetime(number());
            } else if (in.skip('K')) {
                constant();
            } else {
                type();
            }
        }
    }

    private void type() {
        in.enter();
        out.enter();
        String basic = BASIC.get(in.peek());
        if (basic != null) {
            in.next();
            write(basic);
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
                write("*const ");
                type();
            }
            case 'O' -> {
                write("*mut ");
                type();
            }
            case 'A' -> {
                write("[");
                type();
                write("; ");
                constant();
                write("]");
            }
            case 'S' -> {
                write("[");
                type();
                write("]");
            }
            case 'T' -> {
                write("(");
                int count = 0;
                for (; !in.skip('E'); count++) {
                    if (count > 0) {
                        write(", ");
                    }
                    type();
                }
                write(count == 1 ? ",)" : ")");
            }
            case 'F' -> bound(this::function);
            case 'D' -> {
                write("dyn ");
                bound(this::traits);
                in.require('L');
                int lifetime = number();
                if (lifetime != 0) {
                    write(" + ");
                    lifetime(lifetime);
                }
            }
            case 'B' -> again(this::type);
            default -> {
                in.back(in.at() - 1);
                path(false);
            }
        }
    }

    private void reference(String mutability) {
        write("&");
        if (in.skip('L')) {
            int lifetime = number();
            if (lifetime != 0) {
                lifetime(lifetime);
                write(" ");
            }
        }
        write(mutability);
        type();
    }

    private void function() {
        if (in.skip('U')) {
            write("unsafe ");
        }
        if (in.skip('K')) {
            String abi = in.skip('C') ? "C" : identifier().replace('_', '-');
            write("extern \"" + abi + "\" ");
        }
        write("fn(");
        for (int i = 0; !in.skip('E'); i++) {
            if (i > 0) {
                write(", ");
            }
            type();
        }
        write(")");
        if (in.skip('u')) {
            return;
        }
        write(" -> ");
        type();
    }

    private void traits() {
        for (int i = 0; !in.skip('E'); i++) {
            if (i > 0) {
                write(" + ");
            }
            trait();
        }
    }

    private void trait() {
        boolean isOpen = openPath();
        while (in.skip('p')) {
            write(isOpen ? ", " : "<");
            isOpen = true;
            write(identifier());
            write(" = ");
            type();
        }
        if (isOpen) {
            write(">");
        }
    }

    /// A path whose generic arguments are left open, so that associated types can follow.
    ///
    /// @return whether they are open
    private boolean openPath() {
        if (in.skip('B')) {
            boolean[] isOpen = new boolean[1];
            again(() -> isOpen[0] = openPath());
            return isOpen[0];
        }
        if (!in.skip('I')) {
            path(false);
            return false;
        }
        path(false);
        write("<");
        arguments();
        return true;
    }

    private void bound(Runnable inner) {
        long before = lifetimes;
        if (in.skip('G')) {
            int count = number() + 1;
            if (count > MOST_BOUND) {
                throw new UnreadableNameException();
            }
            write("for<");
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    write(", ");
                }
                lifetimes++;
                lifetime(1);
            }
            write("> ");
        }
        inner.run();
        lifetimes = before;
    }

    /// @param index from the innermost one, from 1; 0 is none
    private void lifetime(int index) {
        if (index == 0) {
            write("'_");
            return;
        }
        long depth = lifetimes - index;
        if (depth < 0) {
            throw new UnreadableNameException();
        }
        write(depth < MOST_LIFETIMES ? "'" + (char) ('a' + depth) : "'_" + depth);
    }

    private void constant() {
        in.enter();
        if (in.skip('B')) {
            again(this::constant);
        } else if (in.skip('p')) {
            write("_");
        } else {
            value(in.next());
        }
        in.leave();
    }

    private void value(char type) {
        boolean isNegative = in.skip('n');
        int start = in.at();
        while (in.peek() != '_') {
            char digit = in.next();
            if (Character.digit(digit, 16) < 0) {
                throw new UnreadableNameException();
            }
        }
        String hex = in.since(start).replaceFirst("^0+(?=.)", "");
        in.next();
        switch (type) {
            case 'b' -> write(hex.equals("1") ? "true" : "false");
            case 'c' -> write(character(hex));
            case 'a', 's', 'l', 'x', 'n', 'i', 'h', 't', 'm', 'y', 'o', 'j' ->
                write((isNegative ? "-" : "")
                        + (hex.length() > 16
                                ? "0x" + hex
                                : hex.isEmpty() ? "0" : Long.toUnsignedString(Long.parseUnsignedLong(hex, 16))));
            default -> throw new UnreadableNameException();
        }
    }

    private static String character(String hex) {
        int point = hex.length() > 6 || hex.isEmpty() ? -1 : Integer.parseInt(hex, 16);
        if (!Character.isValidCodePoint(point)) {
            throw new UnreadableNameException();
        }
        return switch (point) {
            case '\t' -> "'\\t'";
            case '\r' -> "'\\r'";
            case '\n' -> "'\\n'";
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            default -> point >= ' ' && point < 0x7f ? "'" + (char) point + "'" : "'\\u{" + hex + "}'";
        };
    }

    /// Reads something once more, at an earlier place.
    private void again(Runnable read) {
        int here = in.at() - 1;
        int place = number();
        if (place >= here - START) {
            throw new UnreadableNameException();
        }
        if (quiet) {
            return;
        }
        int back = in.at();
        in.back(START + place);
        read.run();
        in.back(back);
    }

    private long disambiguator() {
        return in.skip('s') ? number() + 1L : 0;
    }

    /// `base-62-number`. Those of crates are very large, and nothing is made of them.
    private int number() {
        if (in.skip('_')) {
            return 0;
        }
        long value = 0;
        while (!in.skip('_')) {
            char each = in.next();
            int digit = each >= '0' && each <= '9'
                    ? each - '0'
                    : each >= 'a' && each <= 'z' ? each - 'a' + 10 : each >= 'A' && each <= 'Z' ? each - 'A' + 36 : -1;
            if (digit < 0) {
                throw new UnreadableNameException();
            }
            value = Math.min(value * 62 + digit, MOST);
        }
        return (int) value + 1;
    }

    private String identifier() {
        boolean isEncoded = in.skip('u');
        int length = in.skip('0') ? 0 : in.number();
        in.skip('_');
        String text = in.take(length);
        return isEncoded ? Punycode.decode(text) : text;
    }
}
