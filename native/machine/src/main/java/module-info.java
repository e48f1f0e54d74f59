/// Machine code: instructions of each architecture, sites, the table, plans of edits, and entries.
@SuppressWarnings("module") // dev.repoint.linux comes later
module dev.repoint.machine {
    requires transitive dev.repoint.elf;
    requires static org.jspecify;

    exports dev.repoint.machine;
    exports dev.repoint.machine.choice;
    exports dev.repoint.machine.diversion;
    exports dev.repoint.machine.entry;
    exports dev.repoint.machine.function;
    exports dev.repoint.machine.instruction;
    exports dev.repoint.machine.mangling;
    exports dev.repoint.machine.plan;
    exports dev.repoint.machine.site;
    exports dev.repoint.machine.table;
    exports dev.repoint.machine.type;
    exports dev.repoint.machine.trap to
            dev.repoint.linux;
    exports dev.repoint.machine.trap.aarch64 to
            dev.repoint.linux;
    exports dev.repoint.machine.trap.x86_64 to
            dev.repoint.linux;
}
