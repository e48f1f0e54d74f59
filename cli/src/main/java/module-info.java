/// The command line: one class per command.
module dev.repoint.cli {
    requires dev.repoint;
    requires dev.repoint.agent;
    requires dev.repoint.linux;
    requires dev.repoint.machine;
    requires dev.repoint.stress;
    requires dev.repoint.weaver;
    requires info.picocli;
    requires jdk.attach;
    // For names in .gnu_debugdata.
    requires org.tukaani.xz;
    requires static org.jspecify;

    // picocli fills the fields of the commands.
    opens dev.repoint.cli to
            info.picocli;
}
