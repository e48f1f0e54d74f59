/// Linux: the only module that calls the operating system. Patches native code in this process and in others.
@SuppressWarnings("module") // dev.repoint.stress comes later
module dev.repoint.linux {
    requires transitive dev.repoint.machine;
    requires static org.jspecify;

    exports dev.repoint.linux;
    exports dev.repoint.linux.process;
    exports dev.repoint.linux.call to
            dev.repoint.stress;
    exports dev.repoint.linux.platform to
            dev.repoint.stress;
    exports dev.repoint.linux.poke to
            dev.repoint.stress;
    exports dev.repoint.linux.processor to
            dev.repoint.stress;
}
