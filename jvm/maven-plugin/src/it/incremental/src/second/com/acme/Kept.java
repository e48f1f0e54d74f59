package com.acme;

import dev.repoint.Patchable;

public final class Kept {

    private Kept() {}

    @Patchable
    static void nothing() {}
}
