package dev.repoint.machine.site;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/// The sites of one patchable: a range of the columns that hold all sites, so that a table of 100,000 sites is
/// some arrays and not some hundred thousand objects. Sites are made when they are asked for.
final class SiteList extends AbstractList<Site> implements RandomAccess {

    private final SiteColumns columns;
    private final int from;
    private final int size;

    /// @param from the first row
    /// @param to   the row behind the last one
    SiteList(SiteColumns columns, int from, int to) {
        this.columns = columns;
        this.from = from;
        this.size = to - from;
    }

    @Override
    public Site get(int index) {
        return columns.site(from + Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }
}
