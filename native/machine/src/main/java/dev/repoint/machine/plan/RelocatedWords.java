package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.Dynamic;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfType;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.SymbolTable;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Site;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Words of data that hold the address of a function when the program runs: slots of the global offset table,
/// pointers in variables. Their values come from the loader, which works through the dynamic relocations; so
/// those change, and the words themselves only where no relocation fills them.
///
/// | relocation of the word | holds code of the file | holds an imported function |
/// | --- | --- | --- |
/// | `RELATIVE` | another addend | - |
/// | `GLOB_DAT`, `64`/`ABS64` | becomes `RELATIVE`, and keeps its symbol | another symbol |
/// | none, program at a fixed address; or packed (`RELR`) | another value in place | - |
/// | `JUMP_SLOT` | - | - |
///
/// A `RELATIVE` relocation has no use for a symbol (System V gABI, "Relocation"; the psABIs give it as `B +
/// A`), and loaders look at the type first. So the symbol that a `GLOB_DAT` had stays in the entry, and shows
/// what the default is. `JUMP_SLOT` cannot become another type: a loader that binds lazily knows no other one
/// there. Its slot is only read by its entry in the procedure linkage table, so that is what changes: see
/// [PltEntries].
final class RelocatedWords {

    static final int SIZE = 8;

    private static final int INFO = 8;
    private static final int INFO_AND_ADDEND = 16;

    private final Image image;
    private final LoaderTypes types;
    private final LongFunction<@Nullable String> names;
    private final Map<Long, Entry> entries = new HashMap<>();

    /// A dynamic relocation.
    private record Entry(RelocationTable table, int index) {
        int type() {
            return table.type(index);
        }

        int symbol() {
            return table.symbol(index);
        }

        long addend() {
            return table.addend(index);
        }
    }

    /// What a word holds when the program starts.
    sealed interface Held {
        /// An address of the file.
        record Code(long address) implements Held {}

        /// A symbol that the loader looks up, by its index.
        record Symbol(int index) implements Held {}

        /// Something that is not known before the program starts, or no address at all.
        record Other() implements Held {}
    }

    RelocatedWords(Image image, LongFunction<@Nullable String> names) {
        this.image = image;
        this.types = LoaderTypes.of(image.file().machine());
        this.names = names;
        for (RelocationTable table : image.file().relocations()) {
            for (int i = 0; i < table.count() && isForLoader(table); i++) {
                if (isRead(image.file(), table, i) && use(table.type(i)) != RelocationUse.NONE) {
                    entries.put(table.offset(i), new Entry(table, i));
                }
            }
        }
    }

    /// What the word holds when the program starts.
    Held held(long word) {
        Entry entry = entries.get(word);
        if (entry == null) {
            Long value = contents(word);
            return value == null || value == 0 ? new Held.Other() : new Held.Code(value);
        }
        return switch (use(entry.type())) {
            case RELATIVE -> new Held.Code(entry.addend());
            case GLOB_DAT, JUMP_SLOT -> new Held.Symbol(entry.symbol());
            case POINTER -> entry.addend() == 0 ? new Held.Symbol(entry.symbol()) : new Held.Other();
            case BRANCH, ADDRESS, SLOT, FAR_BRANCH, FAR_ADDRESS, FAR_SLOT, IRELATIVE, TLS, COPY, NONE, OTHER ->
                new Held.Other();
        };
    }

    /// Whether the loader fills the word at the first call, or all at once with those that it would.
    boolean isJumpSlot(long word) {
        Entry entry = entries.get(word);
        return entry != null && use(entry.type()) == RelocationUse.JUMP_SLOT;
    }

    /// Whether a function of the file chooses what the word holds when the program starts (`IRELATIVE`).
    boolean isChosen(long word) {
        Entry entry = entries.get(word);
        return entry != null && use(entry.type()) == RelocationUse.IRELATIVE;
    }

    /// Points a word at code of the file.
    Edit point(long word, ResolvedTarget.Code code, ErrorContext context) throws PlanException {
        return filled(word, code.address(), context);
    }

    /// Points a word at an imported function.
    Edit point(long word, ResolvedTarget.Imported imported, ErrorContext context) throws PlanException {
        Entry entry = entries.get(word);
        RelocationUse use = entry == null ? RelocationUse.NONE : use(entry.type());
        if (entry != null && (use == RelocationUse.GLOB_DAT || use == RelocationUse.POINTER)) {
            return changed(entry, entry.type(), imported.symbol(), entry.addend(), context);
        }
        if (entry != null && use == RelocationUse.RELATIVE && entry.symbol() != 0) {
            return changed(entry, symbolic(word), imported.symbol(), 0, context);
        }
        throw context.fails(imported.text() + " is imported and has no entry in the procedure linkage table, and "
                + "the loader does not look up a symbol for this word; choose a function of the file that calls it");
    }

    /// Gives a word its default back.
    ///
    /// @param key  that the word belongs to
    /// @param site the word, as it was collected
    Edit restore(NativeKey key, Site site, ErrorContext context) throws PlanException {
        long word = site.address().value();
        Entry entry = entries.get(word);
        if (entry == null) {
            return inPlace(word, site.leads().value(), context);
        }
        return switch (use(entry.type())) {
            case RELATIVE ->
                entry.symbol() == 0
                        ? filled(word, site.leads().value(), context)
                        : changed(
                                entry,
                                site.kind() == SiteKind.GOT_SLOT ? types.globDat() : types.pointer(),
                                entry.symbol(),
                                0,
                                context);
            case GLOB_DAT, POINTER ->
                changed(entry, entry.type(), symbolOf(key, entry, context), entry.addend(), context);
            case IRELATIVE,
                    BRANCH,
                    ADDRESS,
                    SLOT,
                    FAR_BRANCH,
                    FAR_ADDRESS,
                    FAR_SLOT,
                    JUMP_SLOT,
                    TLS,
                    COPY,
                    NONE,
                    OTHER -> throw unknown(entry, context);
        };
    }

    private Edit filled(long word, long value, ErrorContext context) throws PlanException {
        Entry entry = entries.get(word);
        if (entry == null) {
            return inPlace(word, value, context);
        }
        return switch (use(entry.type())) {
            case RELATIVE, GLOB_DAT -> changed(entry, types.relative(), entry.symbol(), value, context);
            case POINTER -> {
                if (entry.addend() != 0) {
                    throw context.fails("holds the address of its symbol plus " + entry.addend()
                            + ", which is no function; leave it as it is");
                }
                yield changed(entry, types.relative(), entry.symbol(), value, context);
            }
            case IRELATIVE,
                    BRANCH,
                    ADDRESS,
                    SLOT,
                    FAR_BRANCH,
                    FAR_ADDRESS,
                    FAR_SLOT,
                    JUMP_SLOT,
                    TLS,
                    COPY,
                    NONE,
                    OTHER -> throw unknown(entry, context);
        };
    }

    private PlanException unknown(Entry entry, ErrorContext context) {
        return context.fails("is filled by a relocation of the type "
                + architecture().relocationName(entry.type()) + ", which cannot be redirected");
    }

    /// Changes what follows `r_offset` in an entry: `r_info`, then `r_addend`.
    private Edit changed(Entry entry, int type, int symbol, long addend, ErrorContext context) {
        FileOffset offset = entry.table().offsetOfEntry(entry.index()).plus(INFO);
        byte[] replacement = ByteBuffer.allocate(INFO_AND_ADDEND)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(symbol)
                .putLong(addend)
                .array();
        return new Edit(
                entry.table().section().name(),
                offset,
                image.file().addressOf(offset).orElse(new Address(0)),
                image.bytes(offset, INFO_AND_ADDEND),
                replacement,
                context.key(),
                context.site(),
                meaning(entry.type(), entry.symbol(), entry.addend()),
                meaning(type, symbol, addend));
    }

    private Edit inPlace(long word, long value, ErrorContext context) throws PlanException {
        byte[] now = image.bytes(word, SIZE);
        FileOffset offset = image.file().offsetOf(new Address(word)).orElse(null);
        if (now == null || offset == null) {
            throw context.fails("has no bytes in the file; the program sets it when it runs");
        }
        if (image.file().type() != ElfType.EXECUTABLE && !isPacked()) {
            throw context.fails("is not relocated by the loader, so it holds no address when the program runs");
        }
        byte[] replacement = ByteBuffer.allocate(SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        long old = ByteBuffer.wrap(now).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return new Edit(
                image.section(word),
                offset,
                new Address(word),
                now,
                replacement,
                context.key(),
                context.site(),
                named(old),
                named(value));
    }

    /// Whether there are relative relocations without an entry of their own.
    private boolean isPacked() {
        return image.file().dynamic().stream()
                .anyMatch(dynamic -> dynamic.value(Dynamic.DT_RELR).isPresent());
    }

    private int symbolic(long word) {
        return image.section(word).startsWith(".got") ? types.globDat() : types.pointer();
    }

    /// The index of the key's symbol, which another one may have replaced.
    private int symbolOf(NativeKey key, Entry entry, ErrorContext context) throws PlanException {
        SymbolTable symbols = entry.table().symbols();
        if (is(symbols, entry.symbol(), key)) {
            return entry.symbol();
        }
        for (var symbol : symbols.named(key.symbol())) {
            if (is(symbols, symbol.index(), key)) {
                return symbol.index();
            }
        }
        throw context.fails("the loader knows no symbol " + key + " any more; take the original file");
    }

    private static boolean is(SymbolTable symbols, int index, NativeKey key) {
        return symbols.name(index).equals(key.symbol())
                && (key.version().isEmpty() || symbols.version(index).equals(key.version()));
    }

    private String meaning(int type, int symbol, long addend) {
        String name = architecture().relocationName(type);
        if (use(type) == RelocationUse.RELATIVE) {
            return name + " " + named(addend);
        }
        return name + " " + image.file().dynamicSymbols().name(symbol) + (addend == 0 ? "" : "+" + addend);
    }

    private String named(long address) {
        String name = names.apply(address);
        return "0x" + Long.toHexString(address) + (name == null ? "" : " <" + name + ">");
    }

    private @Nullable Long contents(long word) {
        byte[] bytes = image.bytes(word, SIZE);
        return bytes == null
                ? null
                : (Long) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /// Whether a table is for the loader, and not one that the linker kept.
    static boolean isForLoader(RelocationTable table) {
        return table.section().isAllocated()
                || table.section().index().value() == 0; // no headers, so none that is kept
    }

    /// Whether a relocation has no symbol, or one of those of the loader.
    static boolean isRead(ElfFile file, RelocationTable table, int index) {
        return table.symbols() == file.dynamicSymbols() || table.symbol(index) == 0;
    }

    private RelocationUse use(int type) {
        return architecture().use(type);
    }

    private Architecture architecture() {
        return image.architecture();
    }
}
