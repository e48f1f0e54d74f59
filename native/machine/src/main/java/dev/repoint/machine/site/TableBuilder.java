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

    private static final int FIRST = 1024;

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
    private byte[] kinds = new byte[FIRST];
    private long[] addresses = new long[FIRST];
    private long[] offsets = new long[FIRST];
    private byte[] lengths = new byte[FIRST];
    private int[] sections = new int[FIRST];
    private int[] ins = new int[FIRST];
    private int[] lines = new int[FIRST];
    private long[] leads = new long[FIRST];
    private @Nullable CurrentTarget @Nullable [] currents;
    private boolean hasLines;
    private int count;

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
        if (count == kinds.length) {
            grow();
        }
        kinds[count] = (byte) site.kind().ordinal();
        addresses[count] = site.address().value();
        offsets[count] = site.offset().value();
        lengths[count] = (byte) site.length();
        sections[count] = index(site.section());
        ins[count] = index(site.in());
        lines[count] = site.line();
        hasLines |= site.line() >= 0;
        leads[count] = site.leads().value();
        if (!site.currentTarget().isDefault()) {
            @Nullable CurrentTarget[] all = currents;
            if (all == null) {
                all = new CurrentTarget[kinds.length];
                currents = all;
            }
            all[count] = site.currentTarget();
        }
        count++;
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
        SiteColumns columns = new SiteColumns(
                kinds,
                addresses,
                offsets,
                lengths,
                sections,
                ins,
                hasLines ? lines : null,
                leads,
                filled(),
                names.toArray(new String[0]));
        List<Patchable> rows = new ArrayList<>(patchables.size());
        for (int i = 0; i < patchables.size(); i++) {
            int from = i == 0 ? 0 : ends.get(i - 1);
            rows.add(patchables.get(i).withSites(new SiteList(columns, from, ends.get(i))));
        }
        return new SiteTable(module, machine, relocatable, buildId, rows, rejections, gaps);
    }

    private CurrentTarget @Nullable [] filled() {
        @Nullable CurrentTarget[] all = currents;
        if (all == null) {
            return null;
        }
        CurrentTarget[] filled = new CurrentTarget[all.length];
        for (int i = 0; i < all.length; i++) {
            CurrentTarget known = all[i];
            filled[i] = known == null ? CurrentTarget.DEFAULT : known;
        }
        return filled;
    }

    private void close() {
        if (ends.size() < patchables.size()) {
            ends.add(count);
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

    private void grow() {
        int size = count * 2;
        kinds = Arrays.copyOf(kinds, size);
        addresses = Arrays.copyOf(addresses, size);
        offsets = Arrays.copyOf(offsets, size);
        lengths = Arrays.copyOf(lengths, size);
        sections = Arrays.copyOf(sections, size);
        ins = Arrays.copyOf(ins, size);
        lines = Arrays.copyOf(lines, size);
        leads = Arrays.copyOf(leads, size);
        @Nullable CurrentTarget[] all = currents;
        if (all != null) {
            currents = Arrays.copyOf(all, size);
        }
    }
}
