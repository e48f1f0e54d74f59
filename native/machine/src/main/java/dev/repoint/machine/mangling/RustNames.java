package dev.repoint.machine.mangling;

import org.jspecify.annotations.Nullable;

/// Reads rustc's newer names (Rust RFC 2603, "Rust symbol name mangling (v0)"): a descent through its grammar
/// that writes as it reads. What was written before is read again where it is named again. Types are read by
/// [RustTypes], constants by [RustValues].
final class RustNames {

    private static final int START = 2;
    private static final long MOST = Integer.MAX_VALUE - 2;

    private final Cursor in;
    private final Output out = new Output();
    private final RustTypes types;
    private boolean quiet;

    private RustNames(Cursor in) {
        this.in = in;
        this.types = new RustTypes(this, in, out);
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

    /// Writes text, unless what is read now is left out.
    void write(String text) {
        if (!quiet) {
            out.add(text);
        }
    }

    /// `path`.
    ///
    /// @param isValue whether `::` stands before generic arguments
    void path(boolean isValue) {
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
        types.type();
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

    /// `generic-arg`, up to the end of the list.
    void arguments() {
        boolean isFirst = true;
        while (!in.skip('E')) {
            if (!isFirst) {
                write(", ");
            }
            isFirst = false;
            if (in.skip('L')) {
                types.lifetime(number());
            } else if (in.skip('K')) {
                constant();
            } else {
                types.type();
            }
        }
    }

    /// `const`.
    void constant() {
        in.enter();
        if (in.skip('B')) {
            again(this::constant);
        } else if (in.skip('p')) {
            write("_");
        } else {
            write(RustValues.read(in));
        }
        in.leave();
    }

    /// Reads something once more, at an earlier place.
    void again(Runnable read) {
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
    int number() {
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

    /// `undisambiguated-identifier`.
    String identifier() {
        boolean isEncoded = in.skip('u');
        int length = in.skip('0') ? 0 : in.number();
        in.skip('_');
        String text = in.take(length);
        return isEncoded ? Punycode.decode(text) : text;
    }
}
