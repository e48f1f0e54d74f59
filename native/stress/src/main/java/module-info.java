/// The stress: patches code of its own process without pause, and judges every call.
module dev.repoint.stress {
    requires dev.repoint.linux;
    requires static org.jspecify;

    exports dev.repoint.stress;
}
