package dev.repoint.machine.site;

import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a table of patchables and sites that are known already. Keeps the sites in columns, so that many need
/// little memory. Used by one thread, once.
public final class TableBuilder {

    private static final int ADDRESS = 0;
    private static final int OFFSET = 1;
    private static final int LEAD = 2;
    private static final int SECTION = 0;
    private static final int IN = 1;
    private static final int LINE = 2;
    private static final int KIND = 0;
    private static final int LENGTH = 1;

    private final String module;
    private final ElfMachine machine;
    private final boolean relocatable;
    private final Optional<BuildId> buildId;
    private final List<Patchable> patchables = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Columns columns = new Columns(3, 3, 2);
    /// Those that are not the default.
    private final Map<Integer, CurrentTarget> currents = new HashMap<>();
    private boolean hasLines;

    /// A table without patchables. The parameters are those of [SiteTable].
    public TableBuilder(String module, ElfMachine machine, boolean relocatable, Optional<BuildId> buildId) {
        this.module = module;
        this.machine = machine;
        this.relocatable = relocatable;
        this.buildId = buildId;
    }

    /// A table without patchables, of the module of another one.
    static TableBuilder like(SiteTable table) {
        return new TableBuilder(table.module(), table.machine(), table.relocatable(), table.buildId());
    }

    /// Adds a patchable. The sites that are added from now on are its.
    ///
    /// @param patchable whose own sites are left out
    /// @return this
    public TableBuilder patchable(Patchable patchable) {
        close();
        patchables.add(patchable);
        return this;
    }

    /// Adds a site of the last patchable.
    ///
    /// @return this
    /// @throws IllegalStateException if there is no patchable
    public TableBuilder site(Site site) {
        if (patchables.isEmpty()) {
            throw new IllegalStateException("a site before any patchable");
        }
        int row = columns.add();
        columns.bytes(KIND)[row] = (byte) site.kind().ordinal();
        columns.longs(ADDRESS)[row] = site.address().value();
        columns.longs(OFFSET)[row] = site.offset().value();
        columns.bytes(LENGTH)[row] = (byte) site.length();
        columns.ints(SECTION)[row] = index(site.section());
        columns.ints(IN)[row] = index(site.in());
        columns.ints(LINE)[row] = site.line();
        hasLines |= site.line() >= 0;
        columns.longs(LEAD)[row] = site.leads().value();
        if (!site.currentTarget().isDefault()) {
            currents.put(row, site.currentTarget());
        }
        return this;
    }

    /// Adds a rejection.
    ///
    /// @return this
    public TableBuilder rejection(Rejection rejection) {
        rejections.add(rejection);
        return this;
    }

    /// Adds a line about what the table cannot have.
    ///
    /// @return this
    public TableBuilder gap(String gap) {
        gaps.add(gap);
        return this;
    }

    /// The table of all that was added.
    ///
    /// @throws IllegalArgumentException if two patchables have one key
    public SiteTable build() {
        close();
        SiteColumns sites = new SiteColumns(
                columns.bytes(KIND),
                columns.longs(ADDRESS),
                columns.longs(OFFSET),
                columns.bytes(LENGTH),
                columns.ints(SECTION),
                columns.ints(IN),
                hasLines ? columns.ints(LINE) : null,
                columns.longs(LEAD),
                currentTargets(),
                names.toArray(new String[0]));
        List<Patchable> rows = new ArrayList<>(patchables.size());
        for (int i = 0; i < patchables.size(); i++) {
            int from = i == 0 ? 0 : ends.get(i - 1);
            rows.add(patchables.get(i).withSites(new SiteList(sites, from, ends.get(i))));
        }
        return new SiteTable(module, machine, relocatable, buildId, rows, rejections, gaps);
    }

    private CurrentTarget @Nullable [] currentTargets() {
        if (currents.isEmpty()) {
            return null;
        }
        CurrentTarget[] all = new CurrentTarget[columns.count()];
        Arrays.setAll(all, row -> currents.getOrDefault(row, CurrentTarget.DEFAULT));
        return all;
    }

    private void close() {
        if (ends.size() < patchables.size()) {
            ends.add(columns.count());
        }
    }

    private int index(String name) {
        Integer known = indexes.putIfAbsent(name, names.size());
        if (known != null) {
            return known;
        }
        names.add(name);
        return names.size() - 1;
    }
}
