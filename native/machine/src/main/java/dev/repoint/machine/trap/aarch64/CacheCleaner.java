package dev.repoint.machine.trap.aarch64;

/// Code that makes instructions visible that were stored (Arm ARM, B2.4.4 "Synchronization and coherency issues between
/// data and instruction accesses"). Its arguments are the address of an array of addresses, and how many there are; a
/// line of a cache has 16 bytes at least, so each address stands for the 16 that it is in.
///
/// After `dc cvau` and `dsb` the instructions are where all processors fetch from; after `ic ivau` and `dsb` no cache of
/// instructions of any processor has the old ones. What a processor has fetched already is up to a barrier in its own
/// thread: `isb` here, `membarrier(2)` elsewhere.
public final class CacheCleaner {

    private static final int[] CODE = {
        0xd503245f, // bti c
        0xaa1f03e2, // mov x2, xzr
        // clean:
        0xeb01005f, // cmp x2, x1
        0x540000a2, // b.hs cleaned
        0xf8627803, // ldr x3, [x0, x2, lsl #3]
        0xd50b7b23, // dc cvau, x3
        0x91000442, // add x2, x2, #1
        0x17fffffb, // b clean
        // cleaned:
        0xd5033b9f, // dsb ish
        0xaa1f03e2, // mov x2, xzr
        // invalidate:
        0xeb01005f, // cmp x2, x1
        0x540000a2, // b.hs done
        0xf8627803, // ldr x3, [x0, x2, lsl #3]
        0xd50b7523, // ic ivau, x3
        0x91000442, // add x2, x2, #1
        0x17fffffb, // b invalidate
        // done:
        0xd5033b9f, // dsb ish
        0xd5033fdf, // isb
        0xd65f03c0, // ret
    };

    private CacheCleaner() {}

    /// Its code, which may stand anywhere.
    public static byte[] emit() {
        return CodeBytes.of(CODE, 0).array();
    }
}
