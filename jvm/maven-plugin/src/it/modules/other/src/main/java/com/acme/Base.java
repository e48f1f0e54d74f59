package com.acme;

public class Base {

    public static int size() {
        return 7;
    }

    public static class Sub extends Base {}
}
