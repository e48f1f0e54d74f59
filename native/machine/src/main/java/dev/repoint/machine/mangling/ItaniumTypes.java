package dev.repoint.machine.mangling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads types, substitutions and the arguments of templates (Itanium C++ ABI, "Type encodings",
/// "Compression").
final class ItaniumTypes {

    private static final Map<Character, String> BUILT_IN = Map.ofEntries(
            Map.entry('v', "void"),
            Map.entry('w', "wchar_t"),
            Map.entry('b', "bool"),
            Map.entry('c', "char"),
            Map.entry('a', "signed char"),
            Map.entry('h', "unsigned char"),
            Map.entry('s', "short"),
            Map.entry('t', "unsigned short"),
            Map.entry('i', "int"),
            Map.entry('j', "unsigned int"),
            Map.entry('l', "long"),
            Map.entry('m', "unsigned long"),
            Map.entry('x', "long long"),
            Map.entry('y', "unsigned long long"),
            Map.entry('n', "__int128"),
            Map.entry('o', "unsigned __int128"),
            Map.entry('f', "float"),
            Map.entry('d', "double"),
            Map.entry('e', "long double"),
            Map.entry('g', "__float128"),
            Map.entry('z', "..."));
    private static final Map<Character, String> BUILT_IN_D = Map.of(
            'd',
            "decimal64",
            'e',
            "decimal128",
            'f',
            "decimal32",
            'h',
            "half",
            'i',
            "char32_t",
            's',
            "char16_t",
            'u',
            "char8_t",
            'a',
            "auto",
            'c',
            "decltype(auto)",
            'n',
            "decltype(nullptr)");
    private static final String ALLOCATED = "char, std::char_traits<char>, std::allocator<char> >";

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
        Node builtIn = builtIn();
        if (builtIn != null) {
            return builtIn;
        }
        if (in.peek() == 'S' && in.peek(1) != 't') {
            Node found = substitution(false);
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
        names.substitute(node);
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

    /// Types that are never named again.
    private @Nullable Node builtIn() {
        String simple = BUILT_IN.get(in.peek());
        if (simple != null) {
            in.next();
            return new NameNodes.Plain(simple);
        }
        if (in.peek() != 'D') {
            return null;
        }
        String other = BUILT_IN_D.get(in.peek(1));
        if (other != null) {
            in.take(2);
            return new NameNodes.Plain(other);
        }
        if (!in.skip("DF")) {
            return null;
        }
        int bits = in.number();
        if (in.skip('b')) {
            return new NameNodes.Plain("std::bfloat16_t");
        }
        boolean isExtended = in.skip('x');
        if (!isExtended) {
            in.require('_');
        }
        return new NameNodes.Plain("_Float" + bits + (isExtended ? "x" : ""));
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
        return new TypeNodes.Parameter(index);
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
                yield new TypeNodes.Elements(nodes);
            }
            case 'L' -> names.expressions.literal();
            default -> type();
        };
    }

    /// `substitution`.
    ///
    /// @param isScope whether a constructor may follow, which tells the whole name
    Node substitution(boolean isScope) {
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
        if (index >= names.substitutes.size()) {
            throw new UnreadableNameException();
        }
        return names.substitutes.get(index);
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
            names.substitute(node);
        }
        return node;
    }
}
