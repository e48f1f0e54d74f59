package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.SiteTable;
import java.util.List;

final class ObjectPlanner {
    private final ElfFile file;

    ObjectPlanner(ElfFile file, SiteTable table) {
        this.file = file;
    }

    Plan plan(List<Change> changes) throws PlanException {
        throw Place.of(file.name(), changes.getFirst().key().text()).fails("is an object file");
    }
}
