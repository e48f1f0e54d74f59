/// The weaver: class bytes in, class bytes out, and the table.
module dev.repoint.weaver {
    requires transitive dev.repoint;
    requires static org.jspecify;

    exports dev.repoint.weaver;
    exports dev.repoint.weaver.archive;
    exports dev.repoint.weaver.direct;
    exports dev.repoint.weaver.scan;
    exports dev.repoint.weaver.splice to
            dev.repoint.agent;
    exports dev.repoint.weaver.table;
    exports dev.repoint.weaver.weave;
}
