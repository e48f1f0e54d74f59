module com.acme {
    requires dev.repoint;

    exports com.acme;
}
