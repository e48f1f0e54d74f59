package dev.repoint.agent.control;

/// The system properties with which agent and command line find each other.
public final class ControlSocket {

    /// Contains the path of the agent's socket.
    public static final String PATH_PROPERTY = "dev.repoint.control";

    /// Contains the reason why the last loaded agent does not run; absent if it runs.
    public static final String FAILURE_PROPERTY = "dev.repoint.failure";

    private ControlSocket() {}
}
