package dev.repoint.agent.control;

/// What agent and command line agree on outside the protocol: the system properties by which they find each
/// other.
public final class ControlSocket {

    /// Holds the path of the agent's socket.
    public static final String PATH_PROPERTY = "dev.repoint.control";

    /// Holds why the agent that was loaded last does not run; absent if it does.
    public static final String FAILURE_PROPERTY = "dev.repoint.failure";

    private ControlSocket() {}
}
