package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.machine.mangling.Demangled;
import dev.repoint.machine.mangling.Demangler;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the symbol that people mean by a key.
///
/// | written | means |
/// | --- | --- |
/// | `crc32` | that symbol; where it has versions, the default one (`crc32@@V2`) |
/// | `crc32@V2` | that version, be it the default one |
/// | `shop::tax(int)` | the symbol that a compiler of C++ or Rust made of it: `_ZN4shop3taxEi`; blanks do not matter |
/// | `shop::tax` | the same, where there is only one of that name |
public final class KeyResolver {

    private static final Pattern LAST = Pattern.compile("(?:^|::)~?([A-Za-z_][A-Za-z_0-9]*)$");
    /// Have names of their own in mangled ones.
    private static final Set<String> SHORT =
            Set.of("std", "allocator", "basic_string", "string", "istream", "ostream", "iostream");

    private KeyResolver() {}

    /// The keys that a written one may mean, as tables have them.
    ///
    /// @param file  whose symbols are meant
    /// @param table of it, which has them where the file has lost its symbols; null to do without
    /// @return one; several if the written one is ambiguous; the written one if no symbol matches
    public static List<NativeKey> of(ElfFile file, @Nullable SiteTable table, NativeKey written) {
        String name = written.symbol();
        boolean isKnown = !file.symbols().named(name).isEmpty()
                || !file.dynamicSymbols().named(name).isEmpty()
                || table != null && table.find(written).isPresent();
        if (isKnown) {
            return List.of(versioned(file, written));
        }
        Search search = new Search(name);
        search.in(file.symbols());
        search.in(file.dynamicSymbols());
        if (table != null) {
            for (Patchable each : table.patchables()) {
                search.take(each.key().symbol());
            }
        }
        List<NativeKey> found = search.found().stream()
                .map(each -> new NativeKey(each, written.version(), written.file(), written.offset()))
                .toList();
        return found.isEmpty() ? List.of(written) : found;
    }

    /// The symbols that a name of C++ or Rust means.
    ///
    /// @param names   of symbols
    /// @param written such as `shop::tax`
    /// @return none if it is no such name
    public static Set<String> mangled(Iterable<String> names, String written) {
        Search search = new Search(written);
        names.forEach(search::take);
        return search.found();
    }

    /// The end of a message about a key that means several.
    ///
    /// @return such as `means several: write shop::tax(int) or shop::tax(long)`
    public static String several(List<NativeKey> keys) {
        Set<String> names = new TreeSet<>();
        for (NativeKey each : keys) {
            Demangled name = Demangler.demangle(each.symbol());
            names.add(name == null ? each.symbol() : name.call());
        }
        // Constructors have several symbols of one name.
        List<String> shown = names.size() == keys.size()
                ? List.copyOf(names)
                : keys.stream().map(NativeKey::symbol).toList();
        return "means several: write " + String.join(" or ", shown);
    }

    /// The index at which `KEY=TARGET` is split: at the first equals sign that belongs to no operator and stands in no
    /// parentheses.
    ///
    /// @return -1 if there is none
    public static int separator(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("operator", i)) {
                i += "operator".length();
                while (i < text.length() && "=<>!+-*/%^&|~,".indexOf(text.charAt(i)) >= 0 && !isTarget(text, i)) {
                    i++;
                }
                if (text.startsWith("()", i)) {
                    i += 2;
                }
                if (i >= text.length()) {
                    return -1;
                }
            }
            switch (text.charAt(i)) {
                case '(', '[', '{', '<' -> depth++;
                case ')', ']', '}' -> depth--;
                case '>' -> depth -= i > 0 && text.charAt(i - 1) == '-' ? 0 : 1;
                case '=' -> {
                    if (depth <= 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /// Whether an equals sign stands between an operator and a target: nothing but a name can follow it.
    private static boolean isTarget(String text, int at) {
        return text.charAt(at) == '='
                && at + 1 < text.length()
                && text.charAt(at - 1) != 'r'
                && Character.isJavaIdentifierStart(text.charAt(at + 1));
    }

    /// Where the file says that a version is the default one, the key has none.
    private static NativeKey versioned(ElfFile file, NativeKey written) {
        if (written.version().isEmpty()) {
            return written;
        }
        for (Symbol each : file.dynamicSymbols().named(written.symbol())) {
            if (each.version().equals(written.version())
                    && file.dynamicSymbols().isDefaultVersion(each.index())) {
                return new NativeKey(written.symbol(), "", written.file(), written.offset());
            }
        }
        return written;
    }

    /// Looks through mangled names.
    private static final class Search {
        private final String name;
        private final @Nullable String part;
        private final Set<String> exact = new TreeSet<>();
        private final Set<String> plain = new TreeSet<>();

        Search(String written) {
            this.name = bare(written);
            int end = 0;
            while (end < written.length() && "(<{".indexOf(written.charAt(end)) < 0) {
                end++;
            }
            Matcher last = LAST.matcher(written.substring(0, end).strip());
            boolean isPlain = last.find() && !last.group(1).startsWith("operator") && !SHORT.contains(last.group(1));
            // Names stand in mangled ones behind their length.
            this.part = isPlain ? last.group(1).length() + last.group(1) : null;
        }

        void in(SymbolTable symbols) {
            for (int i = 1; i < symbols.size(); i++) {
                take(symbols.name(i));
            }
        }

        void take(String symbol) {
            boolean isCandidate = symbol.startsWith("_Z") || symbol.startsWith("_R");
            if (!isCandidate || part != null && !symbol.contains(part)) {
                return;
            }
            Demangled found = Demangler.demangle(symbol);
            if (found == null) {
                return;
            }
            if (bare(found.whole()).equals(name) || bare(found.call()).equals(name)) {
                exact.add(symbol);
            } else if (bare(found.plain()).equals(name)) {
                plain.add(symbol);
            }
        }

        Set<String> found() {
            return exact.isEmpty() ? plain : exact;
        }

        private static String bare(String text) {
            return text.indexOf(' ') < 0 ? text : text.replace(" ", "");
        }
    }
}
