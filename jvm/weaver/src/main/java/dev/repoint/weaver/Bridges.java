package dev.repoint.weaver;

final class Bridges {
    static final String PREFIX = "repoint$";
}
