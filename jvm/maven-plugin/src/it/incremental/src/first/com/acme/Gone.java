package com.acme;

import dev.repoint.Patchable;

public final class Gone {

    private Gone() {}

    @Patchable
    static void nothing() {}
}
