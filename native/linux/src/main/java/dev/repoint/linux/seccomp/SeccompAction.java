package dev.repoint.linux.seccomp;

/// What a filter has the kernel do about a system call (`seccomp(2)`), the strictest first: of several filters
/// that one counts.
public enum SeccompAction {
    /// `SECCOMP_RET_KILL_PROCESS`.
    KILL_PROCESS(0x8000_0000, "would end the process for %s"),
    /// `SECCOMP_RET_KILL_THREAD`.
    KILL_THREAD(0, "would end the thread for %s"),
    /// `SECCOMP_RET_TRAP`.
    TRAP(0x0003_0000, "would send SIGSYS for %s"),
    /// `SECCOMP_RET_ERRNO`.
    ERRNO(0x0005_0000, "would refuse %s"),
    /// `SECCOMP_RET_USER_NOTIF`.
    NOTIFY(0x7fc0_0000, "would ask its supervisor about %s"),
    /// `SECCOMP_RET_TRACE`.
    TRACE(0x7ff0_0000, "would ask its own debugger about %s"),
    /// `SECCOMP_RET_LOG`.
    LOG(0x7ffc_0000, "would allow %s and log it"),
    /// `SECCOMP_RET_ALLOW`.
    ALLOW(0x7fff_0000, "would allow %s");

    private static final int FULL = 0xffff_0000;

    private final int value;
    private final String text;

    SeccompAction(int value, String text) {
        this.value = value;
        this.text = text;
    }

    /// What a filter has returned. The kernel takes what it does not know for the strictest one.
    static SeccompAction of(int returned) {
        for (SeccompAction each : values()) {
            if (each.value == (returned & FULL)) {
                return each;
            }
        }
        return KILL_PROCESS;
    }

    /// Whether the call is made.
    public boolean isAllowed() {
        return this == LOG || this == ALLOW;
    }

    /// As a sentence goes on that begins with the filter.
    ///
    /// @param call its name
    public String text(String call) {
        return text.formatted(call);
    }
}
