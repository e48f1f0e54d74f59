package com.acme;

/// Inherits its statics.
public class SubOps extends Ops {

    public SubOps() {
        super("sub");
    }
}
