package dev.repoint.machine.mangling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what the Itanium C++ ABI makes of names ("External Names"): a descent through its grammar. Each method
/// is named for the production that it reads.
final class ItaniumNames {

    private static final int MOST_TAGS = 32;

    /// What a name turned out to be, which decides whether a result precedes the parameters.
    static final class Shape {
        /// Whether it ends with the arguments of a template: those, else null.
        @Nullable
        List<Node> arguments;

        boolean hasNoResult;
        String qualifiers = "";
    }

    final Cursor in;
    final ItaniumSubstitutions substitutions;
    final ItaniumTypes types;
    final ItaniumExpressions expressions;

    private ItaniumNames(Cursor in) {
        this.in = in;
        this.substitutions = new ItaniumSubstitutions(this);
        this.types = new ItaniumTypes(this);
        this.expressions = new ItaniumExpressions(this);
    }

    static @Nullable Demangled demangle(String symbol) {
        int end = Clones.start(symbol);
        ItaniumNames names = new ItaniumNames(new Cursor(symbol, 2, end));
        Node whole = names.encoding();
        if (!names.in.atEnd()) {
            return null;
        }
        Output out = new Output();
        whole.print(out);
        Clones.write(symbol, end, out);
        String name = out.toString();
        if (!(whole instanceof NameNodes.Encoding encoding) || end < symbol.length()) {
            return Demangled.of(name);
        }
        Output plain = new Output();
        encoding.withoutSignature(plain);
        Output call = new Output();
        encoding.withoutResult(call);
        return new Demangled(name, call.toString(), plain.toString());
    }

    /// `encoding`.
    Node encoding() {
        in.enter();
        Node read;
        if (in.peek() == 'T' || in.peek() == 'G') {
            read = new ItaniumSpecials(this).special();
        } else {
            Shape shape = new Shape();
            Node name = name(shape);
            read = isEncodingEnd() ? name : function(name, shape);
        }
        in.leave();
        return read;
    }

    private boolean isEncodingEnd() {
        return in.atEnd() || in.peek() == 'E' || in.peek() == '.' || in.peek() == '_';
    }

    private Node function(Node name, Shape shape) {
        Node result = shape.arguments != null && !shape.hasNoResult ? types.type() : null;
        List<Node> parameters = new ArrayList<>();
        if (in.peek() == 'v' && isBehind(1)) {
            in.next();
        } else {
            do {
                parameters.add(types.type());
            } while (!isEncodingEnd());
        }
        return new NameNodes.Encoding(result, name, parameters, shape.qualifiers, shape.arguments);
    }

    private boolean isBehind(int ahead) {
        char next = in.peek(ahead);
        return next == Cursor.END || next == 'E' || next == '.' || next == '_';
    }

    /// `name`.
    Node name(Shape shape) {
        in.enter();
        Node read = switch (in.peek()) {
            case 'N' -> nested(shape);
            case 'Z' -> local(shape);
            default -> unscoped(shape);
        };
        in.leave();
        return read;
    }

    private Node unscoped(Shape shape) {
        Node name;
        if (in.peek() == 'S' && in.peek(1) != 't') {
            name = substitutions.read(false);
            if (in.peek() != 'I') {
                return name;
            }
        } else {
            boolean std = in.skip("St");
            Node plain = unqualified(shape, null);
            name = std ? new NameNodes.Qualified(new NameNodes.Plain("std"), plain) : plain;
            if (in.peek() != 'I') {
                return name;
            }
            substitutions.add(name);
        }
        NameNodes.Arguments arguments = types.arguments();
        shape.arguments = arguments.nodes;
        return new NameNodes.Template(name, arguments);
    }

    /// `nested-name`.
    private Node nested(Shape shape) {
        in.require('N');
        shape.qualifiers = types.functionQualifiers();
        Node soFar = null;
        boolean isNew = false;
        while (!in.skip('E')) {
            shape.hasNoResult &= in.peek() == 'I' || in.peek() == 'B';
            boolean isTemplate = false;
            switch (in.peek()) {
                case 'T' -> soFar = first(soFar, types.parameter());
                case 'I' -> {
                    if (soFar == null) {
                        throw new UnreadableNameException();
                    }
                    NameNodes.Arguments arguments = types.arguments();
                    soFar = new NameNodes.Template(soFar, arguments);
                    shape.arguments = arguments.nodes;
                    isTemplate = true;
                }
                case 'D' -> {
                    if (in.peek(1) == 't' || in.peek(1) == 'T') {
                        soFar = first(soFar, expressions.decltype());
                    } else {
                        soFar = member(soFar, shape);
                    }
                }
                case 'S' -> {
                    if (in.skip("St")) {
                        soFar = first(soFar, new NameNodes.Plain("std"));
                    } else {
                        soFar = first(soFar, substitutions.read(true));
                    }
                    isNew = false;
                    continue;
                }
                default -> soFar = member(soFar, shape);
            }
            if (!isTemplate) {
                shape.arguments = null;
            }
            substitutions.add(soFar);
            isNew = true;
            in.skip('M');
        }
        if (soFar == null || !isNew) {
            throw new UnreadableNameException();
        }
        substitutions.removeLast();
        return soFar;
    }

    private static Node first(@Nullable Node before, Node node) {
        if (before != null) {
            throw new UnreadableNameException();
        }
        return node;
    }

    private Node member(@Nullable Node soFar, Shape shape) {
        Node name = unqualified(shape, soFar);
        return soFar == null ? name : new NameNodes.Qualified(soFar, name);
    }

    /// `local-name`.
    private Node local(Shape shape) {
        in.require('Z');
        Node function = encoding();
        in.require('E');
        if (in.skip('s')) {
            discriminator();
            return new NameNodes.Local(function, new NameNodes.Plain("string literal"));
        }
        if (in.skip('d')) {
            int number = in.isDigit() ? in.number() + 2 : 1;
            in.require('_');
            Node name = name(shape);
            return new NameNodes.Local(
                    function, new NameNodes.Qualified(new NameNodes.Plain("{default arg#" + number + "}"), name));
        }
        Node name = name(shape);
        discriminator();
        return new NameNodes.Local(function, name);
    }

    private void discriminator() {
        int start = in.at();
        if (!in.skip('_')) {
            return;
        }
        if (in.skip('_')) {
            if (in.isDigit()) {
                in.number();
                if (in.skip('_')) {
                    return;
                }
            }
        } else if (in.isDigit()) {
            in.next();
            return;
        }
        in.back(start);
    }

    /// `unqualified-name`, with its tags.
    ///
    /// @param owner of a constructor; null if there is none
    Node unqualified(Shape shape, @Nullable Node owner) {
        in.enter();
        shape.hasNoResult = false;
        in.skip('L'); // internal linkage
        char peek = in.peek();
        Node name;
        if (in.isDigit()) {
            name = new NameNodes.Plain(source());
        } else if (peek == 'U') {
            name = unnamed();
        } else if (peek == 'D' && in.peek(1) == 'C') {
            name = binding();
        } else if (peek == 'C' || peek == 'D') {
            if (owner == null) {
                throw new UnreadableNameException();
            }
            name = structor(owner);
            shape.hasNoResult = true;
        } else if (peek == 'F' && in.isDigit()) {
            name = new NameNodes.Plain(source());
        } else {
            name = operator(shape);
        }
        for (int i = 0; in.skip('B'); i++) {
            if (i == MOST_TAGS) {
                throw new UnreadableNameException();
            }
            name = new NameNodes.Marked("", name, "[abi:" + source() + "]");
        }
        in.leave();
        return name;
    }

    /// `source-name`.
    String source() {
        int length = in.number();
        if (length == 0) {
            throw new UnreadableNameException();
        }
        String name = in.take(length);
        boolean anonymous = name.startsWith("_GLOBAL_")
                && name.length() > 9
                && name.charAt(9) == 'N'
                && (name.charAt(8) == '_' || name.charAt(8) == '.' || name.charAt(8) == '$');
        return anonymous ? "(anonymous namespace)" : name;
    }

    private Node structor(Node owner) {
        boolean destroys = in.next() == 'D';
        boolean inherits = !destroys && in.skip('I');
        char kind = in.next();
        if (kind < '0' || kind > '9') {
            throw new UnreadableNameException();
        }
        return new NameNodes.Structor(inherits ? types.type() : owner, destroys);
    }

    private Node binding() {
        in.skip("DC");
        List<Node> names = new ArrayList<>();
        do {
            names.add(new NameNodes.Plain(source()));
        } while (!in.skip('E'));
        return new NameNodes.Binding(names);
    }

    private Node unnamed() {
        in.require('U');
        if (in.skip('t')) {
            return new NameNodes.Unnamed(sequence());
        }
        in.require('l');
        List<Node> parameters = new ArrayList<>();
        if (!in.skip('v')) {
            while (in.peek() != 'E') {
                parameters.add(types.type());
            }
        }
        in.require('E');
        return new NameNodes.Lambda(parameters, sequence());
    }

    /// The number of an unnamed one, from 1.
    private int sequence() {
        int number = in.isDigit() ? in.number() + 2 : 1;
        in.require('_');
        return number;
    }

    private Node operator(Shape shape) {
        char first = in.next();
        char second = in.next();
        if (first == 'c' && second == 'v') {
            shape.hasNoResult = true;
            Node type = types.type(false);
            return new NameNodes.Conversion(type);
        }
        if (first == 'l' && second == 'i') {
            return new NameNodes.Plain("operator\"\" " + source());
        }
        if (first == 'v' && second >= '0' && second <= '9') {
            return new NameNodes.Plain("operator " + source());
        }
        Operators.Operator operator = Operators.of(first, second);
        if (operator == null || operator.text().equals("::")) {
            throw new UnreadableNameException();
        }
        return new NameNodes.Plain(operator.name());
    }
}
