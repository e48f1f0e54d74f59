package com.acme;

import com.acme.base.Base;

/// Calls an inherited protected member on a subclass of its own.
public class Guards extends Base {

    public static class Sub extends Guards {}

    public static String ofSub(Sub sub) {
        return sub.guarded(1);
    }
}
