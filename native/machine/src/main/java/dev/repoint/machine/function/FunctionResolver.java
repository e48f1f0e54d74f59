package dev.repoint.machine.function;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.function.FunctionName;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.KeyResolver;
import dev.repoint.machine.site.NativeKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds the functions that a key means, by whatever name: also those that no relocation and no call names.
///
/// | written | means |
/// | --- | --- |
/// | `deflate` | the function of that name; where it has versions, the default one |
/// | `deflate@V1` | that version |
/// | `util.c:log` | the local function of that source file |
/// | `shop::tax(int)`, `shop::tax` | the function of C++ or Rust |
/// | `libz.so.1+0x1234` | the function that starts at that address of the file, with or without a name |
///
/// Not changed by use; safe for use by several threads.
public final class FunctionResolver {

    private final FunctionTable table;
    private final String module;
    private final Set<String> modules = new TreeSet<>();

    private FunctionResolver(FunctionTable table, String module) {
        this.table = table;
        this.module = module;
    }

    /// @param table all functions of the file
    public static FunctionResolver of(ElfFile file, FunctionTable table) {
        Path name = Path.of(file.name()).getFileName();
        FunctionResolver resolver = new FunctionResolver(table, name == null ? file.name() : name.toString());
        resolver.modules.add(resolver.module);
        file.dynamic().flatMap(dynamic -> dynamic.soname()).ifPresent(resolver.modules::add);
        return resolver;
    }

    /// The functions, one for each address.
    ///
    /// @return none if there is no such function; several if the key is ambiguous
    public List<NativeFunction> of(NativeKey key) {
        List<NativeFunction> named = named(key);
        if (!named.isEmpty()) {
            return named;
        }
        if (modules.contains(key.symbol())
                && key.version().isEmpty()
                && key.file().isEmpty()) {
            return table.at(new Address(key.offset())).stream().toList();
        }
        return List.of();
    }

    private List<NativeFunction> named(NativeKey key) {
        if (key.offset() != 0) {
            return List.of();
        }
        List<NativeFunction> exact = matching(table.named(key.symbol()), key.symbol(), key);
        if (!exact.isEmpty()) {
            return exact;
        }
        Map<Address, NativeFunction> found = new LinkedHashMap<>();
        for (String symbol : KeyResolver.mangled(table.names(), key.symbol())) {
            matching(table.named(symbol), symbol, key).forEach(each -> found.put(each.address(), each));
        }
        return List.copyOf(found.values());
    }

    private List<NativeFunction> matching(List<NativeFunction> candidates, String symbol, NativeKey key) {
        List<NativeFunction> matching = new ArrayList<>();
        for (NativeFunction each : candidates) {
            if (each.names().stream().anyMatch(name -> name.symbol().equals(symbol) && isMeant(name, key))) {
                matching.add(each);
            }
        }
        return matching;
    }

    private boolean isMeant(FunctionName name, NativeKey key) {
        boolean fitsVersion =
                key.version().isEmpty() ? !name.isHidden() : name.version().equals(key.version());
        return fitsVersion
                && (key.file().isEmpty()
                        || modules.contains(key.file())
                        || name.sourceFile().equals(key.file()));
    }

    /// The key of a function: a name that means it and no other one, else its place in the module.
    public NativeKey keyOf(NativeFunction function) {
        for (FunctionName name : function.names()) {
            NativeKey plain = new NativeKey(name.symbol(), name.isHidden() ? name.version() : "", "", 0);
            NativeKey ofFile = new NativeKey(name.symbol(), "", name.sourceFile(), 0);
            for (NativeKey key : List.of(plain, ofFile)) {
                if (of(key).equals(List.of(function))) {
                    return key;
                }
            }
        }
        return new NativeKey(module, "", "", function.address().value());
    }

    /// The end of a message about a key that means several functions: `means several: write a.c:log or b.c:log`.
    public String several(List<NativeFunction> functions) {
        List<String> keys = new ArrayList<>();
        for (NativeFunction each : functions) {
            keys.add(text(keyOf(each)));
        }
        return "means several: write " + String.join(" or ", keys);
    }

    /// A key as people write it: an address in hexadecimal.
    public String text(NativeKey key) {
        return modules.contains(key.symbol()) && key.offset() != 0
                ? key.symbol() + "+0x" + Long.toHexString(key.offset())
                : Demangler.shown(key.text());
    }

    /// Why a key means no function, and what to write.
    public String missing(NativeKey key) {
        if (modules.contains(key.symbol()) && key.offset() != 0) {
            Address place = new Address(key.offset());
            NativeFunction inside = table.containing(place).orElse(null);
            return "no function is known to start at " + place
                    + (inside == null
                            ? "; repoint sites --entries lists all functions"
                            : ", which lies inside " + text(keyOf(inside)) + "; write that");
        }
        List<String> names = new ArrayList<>();
        table.names().forEach(names::add);
        return "there is no such function in this file" + NearNames.question(key.text(), names)
                + table.refusals().stream().map(each -> "; " + each).findFirst().orElse("");
    }
}
