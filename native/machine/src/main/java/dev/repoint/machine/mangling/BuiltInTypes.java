package dev.repoint.machine.mangling;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads built-in types of C++ (Itanium C++ ABI, "Builtin types"). They are no substitutes: no name refers back
/// to them.
final class BuiltInTypes {

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

    private BuiltInTypes() {}

    /// Reads one.
    ///
    /// @return null if another type follows
    static @Nullable Node read(Cursor in) {
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
}
