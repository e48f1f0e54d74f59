/// The agent: options in, weaver and runtime out; and the protocol by which the command line speaks to it.
module dev.repoint.agent {
    requires dev.repoint;
    requires dev.repoint.weaver;
    requires java.instrument;
    requires static jdk.attach;
    requires static jdk.net;
    requires static org.jspecify;

    exports dev.repoint.agent.control;
    exports dev.repoint.agent.trace;
}
