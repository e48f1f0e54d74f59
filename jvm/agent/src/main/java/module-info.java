/// The agent: options in, weaver and runtime out.
module dev.repoint.agent {
    requires dev.repoint;
    requires dev.repoint.weaver;
    requires java.instrument;
    requires jdk.net;
    requires static transitive org.jspecify;
}
