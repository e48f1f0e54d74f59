/// Linux: the only module that calls the operating system. Native code is pointed elsewhere in the own
/// process and in others.
module dev.repoint.linux {
    requires transitive dev.repoint.machine;
    requires static org.jspecify;

    exports dev.repoint.linux;
    exports dev.repoint.linux.process;
    exports dev.repoint.linux.stress;
}
