package dev.repoint.bench.nativepatch;

/// A way to change where many sites lead.
enum Way {
    /// The whole of a set or reset: planning, and the protocol.
    SET("set or reset of a hook"),
    /// The same as the processor time of the thread that patches, whatever else the machine does meanwhile.
    PROCESSOR("of that, processor time"),
    /// The protocol over a plan that was made before.
    PROTOCOL("of that, the protocol"),
    /// The protocol once for each site.
    ONE_BY_ONE("the protocol once for each site"),
    /// The first set of the process, where no compiler has seen our code yet.
    FIRST("the first set of a process"),
    /// LLVM's way, of as many sleds.
    XRAY("LLVM XRay: patch or unpatch of as many sleds");

    final String label;

    Way(String label) {
        this.label = label;
    }
}
