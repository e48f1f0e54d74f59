package dev.repoint.agent.reach;

/// What the body of a method uses.
interface Uses {

    /// Calls a method that no method can override: a static method, a constructor, or a method of `super`.
    void calls(MethodId method);

    /// Calls a method, or a method that overrides it.
    void callsVirtually(MethodId method);

    /// Creates an object of a class.
    void makes(String internalName);

    /// Uses a class, and so initialises it.
    void touches(String internalName);

    /// Contains a text: it may be the name of a class, or of a method of its class for a look-up.
    void names(String text);
}
