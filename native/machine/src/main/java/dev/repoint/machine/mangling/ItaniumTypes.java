package dev.repoint.machine.mangling;

import java.util.ArrayList;
import java.util.List;

/// Reads types and the arguments of templates (Itanium C++ ABI, "Type encodings").
final class ItaniumTypes {

    private final ItaniumNames names;
    private final Cursor in;

    ItaniumTypes(ItaniumNames names) {
        this.names = names;
        this.in = names.in;
    }

    Node type() {
        return type(true);
    }

    /// `type`.
    ///
    /// @param argued whether arguments behind a template parameter belong to it
    Node type(boolean argued) {
        in.enter();
        Node read = read(argued);
        in.leave();
        return read;
    }

    private Node read(boolean argued) {
        Node builtIn = BuiltInTypes.read(in);
        if (builtIn != null) {
            return builtIn;
        }
        if (in.peek() == 'S' && in.peek(1) != 't') {
            Node found = names.substitutions.read(false);
            if (in.peek() != 'I') {
                return found;
            }
            return added(new NameNodes.Template(found, arguments()));
        }
        if (in.peek() == 'T' && in.peek(1) != 's' && in.peek(1) != 'u' && in.peek(1) != 'e') {
            Node parameter = added(parameter());
            return in.peek() == 'I' && argued ? added(new NameNodes.Template(parameter, arguments())) : parameter;
        }
        return added(compound());
    }

    private Node added(Node node) {
        names.substitutions.add(node);
        return node;
    }

    private Node compound() {
        return switch (in.peek()) {
            case 'r', 'V', 'K' -> qualified();
            case 'U' -> vendorQualified();
            case 'u' -> {
                in.next();
                yield new NameNodes.Plain(names.source());
            }
            case 'D' -> special();
            case 'F' -> function("");
            case 'A' -> array();
            case 'M' -> {
                in.next();
                Node owner = type();
                yield new TypeNodes.Member(owner, type());
            }
            case 'T' -> {
                in.take(2);
                yield names.name(new ItaniumNames.Shape());
            }
            case 'P' -> pointer("*");
            case 'R' -> pointer("&");
            case 'O' -> pointer("&&");
            case 'C' -> suffixed(" _Complex");
            case 'G' -> suffixed(" _Imaginary");
            default -> names.name(new ItaniumNames.Shape());
        };
    }

    private Node pointer(String mark) {
        in.next();
        return new TypeNodes.Pointer(type(), mark);
    }

    private Node suffixed(String words) {
        in.next();
        return new TypeNodes.Suffixed(type(), words, null, "");
    }

    private Node qualified() {
        String qualifiers = qualifiers();
        if (in.peek() == 'F'
                || in.peek() == 'D'
                        && (in.peek(1) == 'o' || in.peek(1) == 'x' || in.peek(1) == 'O' || in.peek(1) == 'w')) {
            return functionOf(qualifiers);
        }
        return new TypeNodes.Qualified(type(), qualifiers);
    }

    private String qualifiers() {
        boolean restrict = in.skip('r');
        boolean isVolatile = in.skip('V');
        boolean isConst = in.skip('K');
        return (isConst ? " const" : "") + (isVolatile ? " volatile" : "") + (restrict ? " __restrict" : "");
    }

    /// What a member function is: ` const`, ` &`.
    String functionQualifiers() {
        String qualifiers = qualifiers();
        if (in.skip('R')) {
            return qualifiers + " &";
        }
        if (in.skip('O')) {
            return qualifiers + " &&";
        }
        return qualifiers;
    }

    private Node vendorQualified() {
        in.next();
        String name = names.source();
        Node arguments = in.peek() == 'I' ? arguments() : null;
        return new TypeNodes.Suffixed(type(), " " + name, arguments, "");
    }

    /// What begins with `D`.
    private Node special() {
        char next = in.peek(1);
        switch (next) {
            case 't', 'T' -> {
                return names.expressions.decltype();
            }
            case 'v' -> {
                return vector();
            }
            case 'p' -> {
                in.take(2);
                return new Expansion(type());
            }
            case 'o', 'O', 'w', 'x' -> {
                return functionOf("");
            }
            default -> throw new UnreadableNameException();
        }
    }

    private Node vector() {
        in.take(2);
        Node size;
        if (in.isDigit()) {
            size = new NameNodes.Plain(Integer.toString(in.number()));
        } else {
            size = in.peek() == '_' ? null : names.expressions.expression();
        }
        in.require('_');
        return new TypeNodes.Suffixed(type(), " __vector(", size, ")");
    }

    /// A function type behind what it throws.
    private Node functionOf(String qualifiers) {
        String more = qualifiers;
        if (in.skip("Do")) {
            more += " noexcept";
        } else if (in.skip("DO")) {
            Node condition = names.expressions.expression();
            in.require('E');
            Output out = new Output();
            condition.print(out);
            more += " noexcept(" + out + ")";
        } else if (in.skip("Dw")) {
            List<Node> thrown = new ArrayList<>();
            while (!in.skip('E')) {
                thrown.add(type());
            }
            Output out = new Output();
            Node.list(thrown, out);
            more += " throw(" + out + ")";
        }
        if (in.skip("Dx")) {
            more += " transaction_safe";
        }
        return function(more);
    }

    private Node function(String qualifiers) {
        in.require('F');
        in.skip('Y'); // extern "C"
        Node result = type();
        List<Node> parameters = new ArrayList<>();
        String all = qualifiers;
        while (!in.skip('E')) {
            if (in.peek() == 'v'
                    && (in.peek(1) == 'E'
                            || in.peek(1) == 'R' && in.peek(2) == 'E'
                            || in.peek(1) == 'O' && in.peek(2) == 'E')) {
                in.next();
            } else if (in.skip("RE")) {
                all += " &";
                break;
            } else if (in.skip("OE")) {
                all += " &&";
                break;
            } else {
                parameters.add(type());
            }
        }
        return new TypeNodes.Function(result, parameters, all);
    }

    private Node array() {
        in.require('A');
        Node size = null;
        if (in.isDigit()) {
            int start = in.at();
            while (in.isDigit()) {
                in.next();
            }
            size = new NameNodes.Plain(in.since(start));
        } else if (in.peek() != '_') {
            size = names.expressions.expression();
        }
        in.require('_');
        return new TypeNodes.Array(type(), size);
    }

    /// `template-param`.
    Node parameter() {
        in.require('T');
        if (in.peek() == 'L') {
            throw new UnreadableNameException();
        }
        int index = in.isDigit() ? in.number() + 1 : 0;
        in.require('_');
        return new TemplateNodes.Parameter(index);
    }

    /// `template-args`.
    NameNodes.Arguments arguments() {
        in.enter();
        in.require('I');
        List<Node> read = new ArrayList<>();
        while (!in.skip('E')) {
            read.add(argument());
        }
        in.leave();
        return new NameNodes.Arguments(read);
    }

    /// `template-arg`.
    Node argument() {
        return switch (in.peek()) {
            case 'X' -> {
                in.next();
                Node read = names.expressions.expression();
                in.require('E');
                yield read;
            }
            case 'J', 'I' -> {
                in.enter();
                in.next();
                List<Node> nodes = new ArrayList<>();
                while (!in.skip('E')) {
                    nodes.add(argument());
                }
                in.leave();
                yield new TemplateNodes.Elements(nodes);
            }
            case 'L' -> names.expressions.literal();
            default -> type();
        };
    }
}
