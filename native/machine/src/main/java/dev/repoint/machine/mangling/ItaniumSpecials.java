package dev.repoint.machine.mangling;

/// Reads the names of what has none in the program: virtual tables, guards, thunks (Itanium C++ ABI, "Virtual
/// Tables and RTTI", "Guard Variables").
final class ItaniumSpecials {

    private final ItaniumNames names;
    private final Cursor in;

    ItaniumSpecials(ItaniumNames names) {
        this.names = names;
        this.in = names.in;
    }

    Node special() {
        char kind = in.next();
        char what = in.next();
        return kind == 'T' ? table(what) : guard(what);
    }

    private Node table(char what) {
        return switch (what) {
            case 'V' -> of("vtable for ", names.types.type());
            case 'T' -> of("VTT for ", names.types.type());
            case 'I' -> of("typeinfo for ", names.types.type());
            case 'S' -> of("typeinfo name for ", names.types.type());
            case 'F' -> of("typeinfo fn for ", names.types.type());
            case 'J' -> of("java Class for ", names.types.type());
            case 'A' -> of("template parameter object for ", names.types.argument());
            case 'H' -> of("TLS init function for ", names.name(new ItaniumNames.Shape()));
            case 'W' -> of("TLS wrapper function for ", names.name(new ItaniumNames.Shape()));
            case 'h' -> {
                distance();
                yield of("non-virtual thunk to ", names.encoding());
            }
            case 'v' -> {
                distance();
                distance();
                yield of("virtual thunk to ", names.encoding());
            }
            case 'c' -> {
                adjustment();
                adjustment();
                yield of("covariant return thunk to ", names.encoding());
            }
            case 'C' -> {
                Node derived = names.types.type();
                in.number();
                in.require('_');
                Node base = names.types.type();
                yield new ExpressionNodes.Sequence("construction vtable for ", base, "-in-", derived);
            }
            default -> throw new UnreadableNameException();
        };
    }

    private Node guard(char what) {
        return switch (what) {
            case 'V' -> of("guard variable for ", names.name(new ItaniumNames.Shape()));
            case 'R' -> {
                Node name = names.name(new ItaniumNames.Shape());
                int number = in.peek() == '_' || in.atEnd() ? 0 : Character.digit(in.next(), 36) + 1;
                in.skip('_');
                yield of("reference temporary #" + number + " for ", name);
            }
            case 'A' -> of("hidden alias for ", names.encoding());
            case 'T' ->
                of(in.next() == 'n' ? "non-transaction clone for " : "transaction clone for ", names.encoding());
            default -> throw new UnreadableNameException();
        };
    }

    private static Node of(String words, Node node) {
        return new NameNodes.Marked(words, node, "");
    }

    private void adjustment() {
        if (in.skip('h')) {
            distance();
        } else {
            in.require('v');
            distance();
            distance();
        }
    }

    private void distance() {
        in.skip('n');
        in.number();
        in.require('_');
    }
}
