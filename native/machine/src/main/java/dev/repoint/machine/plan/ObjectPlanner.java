package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.SiteTable;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Plans the patch of an object file: the relocations of calls get another symbol, and the ordinary link does
/// the rest.
///
/// Symbols that the file does not have are added, as undefined ones. What needs a veneer calls a small weak
/// function that is added to a section of code.
final class ObjectPlanner implements ObjectSitePlanner.Surroundings {

    private static final long SHF_GROUP = 0x200;

    private final ElfFile file;
    private final SiteTable table;
    private final Architecture architecture;
    private final ObjectRelocations relocations;
    private final ObjectSymbols symbols;
    private final EditList edits;
    /// What is added to a section of code, and where.
    private final Map<String, Integer> veneers = new TreeMap<>();
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    ObjectPlanner(ElfFile file, SiteTable table) {
        this.file = file;
        this.table = table;
        this.architecture = Architectures.of(file.machine());
        this.relocations = new ObjectRelocations(file, architecture);
        this.symbols = new ObjectSymbols(file);
        this.edits = new EditList(file.name());
    }

    Plan plan(List<Change> changes) throws PlanException {
        ErrorContext context =
                ErrorContext.of(file.name(), changes.getFirst().key().text());
        requireCode(context);
        ObjectChangeResolver resolver = new ObjectChangeResolver(file, table, relocations, symbols);
        List<KeyPlan> keys = new ArrayList<>();
        for (Change change : changes) {
            int sites = 0;
            for (ResolvedObjectChange resolved : resolver.of(change)) {
                KeyPlan key = new ObjectSitePlanner(file, architecture, relocations, this, edits, resolved).plan();
                sites += key.changed() + key.alreadySet();
                keys.add(key);
            }
            if (sites == 0) {
                ErrorContext of = ErrorContext.of(file.name(), change.key().text());
                List<String> others = table.rejectionsOf(change.key());
                if (!others.isEmpty()) {
                    throw of.fails("none of its uses can be redirected: " + others.getFirst());
                }
                throw of.fails("nothing in this object file uses it in a way that "
                        + "can be redirected; calls of local functions have relocations only where they are "
                        + "compiled with -ffunction-sections");
            }
        }
        return result(keys, context);
    }

    /// What a compiler is to translate once more when the program is linked is not code yet.
    private void requireCode(ErrorContext context) throws PlanException {
        for (Section section : file.sections()) {
            if (section.name().startsWith(".gnu.lto_") || section.name().startsWith(".llvm.lto")) {
                throw context.fails("this object file holds code for link-time optimisation (" + section.name()
                        + "), which the linker takes instead; compile it without -flto, or patch the linked file");
            }
        }
    }

    @Override
    public List<String> rejectionsOf(NativeKey key) {
        return table.rejectionsOf(key);
    }

    private Plan result(List<KeyPlan> keys, ErrorContext context) throws PlanException {
        SectionGrowth growth = new SectionGrowth(file, context);
        if (code.size() > 0) {
            growth.grow(codeSection(context), code.toByteArray());
        }
        if (symbols.isGrown()) {
            growSymbols(growth, context);
        }
        EditList moved = new EditList(file.name());
        for (Edit edit : edits.changing()) {
            moved.add(moved(edit, growth));
        }
        moved.addAll(growth.headers());
        List<Edit> all = new ArrayList<>(growth.growths());
        all.addAll(moved.changing());
        return new Plan(
                file.name(),
                KeyPlan.complete(keys, all),
                Plan.Restored.NOTHING,
                all,
                List.of(),
                architecture,
                _ -> null);
    }

    /// An edit of a section that moves to the end of the file moves with it.
    private static Edit moved(Edit edit, SectionGrowth growth) {
        FileOffset offset = growth.offset(edit.offset());
        return offset.equals(edit.offset())
                ? edit
                : new Edit(
                        edit.section(),
                        offset,
                        edit.address(),
                        edit.expected(),
                        edit.replacement(),
                        edit.key(),
                        edit.site(),
                        edit.was(),
                        edit.becomes());
    }

    private void growSymbols(SectionGrowth growth, ErrorContext context) throws PlanException {
        Section table = file.symbols().section().orElseThrow();
        Section strings = file.sections().get(table.link());
        growth.grow(table, symbols.entries(strings.size()));
        growth.grow(strings, symbols.names());
        for (Section section : file.sections()) {
            if (section.type() == Section.SHT_SYMTAB_SHNDX
                    && section.link() == table.index().value()) {
                growth.grow(section, new byte[symbols.additions() * Integer.BYTES]);
            }
        }
    }

    @Override
    public int veneer(Outcome outcome, ErrorContext context) throws PlanException {
        String name = outcome instanceof Outcome.Zero ? "repoint.zero" : "repoint.nothing";
        Integer known = veneers.get(name);
        if (known != null) {
            return known;
        }
        Section section = codeSection(context);
        int unit = architecture.veneerAlignment();
        while ((section.size() + code.size()) % unit != 0) {
            code.write(0);
        }
        long address = section.size() + code.size();
        try {
            byte[] bytes = architecture.veneer(outcome, address);
            int symbol = symbols.veneer(name, section, address, bytes.length);
            code.writeBytes(bytes);
            veneers.put(name, symbol);
            return symbol;
        } catch (OutOfRange e) {
            throw context.fails(e);
        }
    }

    /// Where veneers go: a section of code that the linker keeps, whatever other object files bring.
    private Section codeSection(ErrorContext context) throws PlanException {
        Section found = null;
        for (Section section : file.sections()) {
            boolean fits = section.type() == Section.SHT_PROGBITS
                    && section.isAllocated()
                    && section.isExecutable()
                    && (section.flags() & SHF_GROUP) == 0
                    && section.index().value() < 0xff00;
            if (fits && (found == null || section.name().equals(".text"))) {
                found = section;
            }
        }
        if (found == null) {
            throw context.fails("it needs a veneer, and this object file has no section of code to put one in");
        }
        return found;
    }

    @Override
    public String symbolName(int index) {
        String added = symbols.addedName(index);
        return added.isEmpty() ? ObjectSymbols.name(file, index) : added;
    }
}
