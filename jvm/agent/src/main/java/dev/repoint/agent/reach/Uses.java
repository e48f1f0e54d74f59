package dev.repoint.agent.reach;

/// What the body of a method makes use of.
interface Uses {

    /// Calls a method that no other one can override: a static one, a constructor, one of `super`.
    void calls(MethodId method);

    /// Calls a method, or one that overrides it.
    void callsVirtually(MethodId method);

    /// Makes an object of a class.
    void makes(String internalName);

    /// Touches a class, which initialises it.
    void touches(String internalName);

    /// Holds a text: it may be the name of a method of its class that is looked up, or of a class.
    void names(String text);
}
