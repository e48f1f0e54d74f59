package dev.repoint.linux.x86_64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The unwind entry of code that has nothing on the stack but the address that it returns to.
final class X86LeafFrame {

    private static final int LENGTH = 56;

    private X86LeafFrame() {}

    /// Entries as in `.eh_frame`, with four zeros behind.
    static byte[] of(long code, long length) {
        ByteBuffer entry = ByteBuffer.allocate(LENGTH + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(20).putInt(0); // a common information entry
        entry.put((byte) 1).put(new byte[] {'z', 'R', 0});
        entry.put((byte) 1).put((byte) 0x78).put((byte) 16); // code by 1, data by -8, the return address is rip
        entry.put((byte) 1).put((byte) 0); // R: DW_EH_PE_absptr
        entry.put(new byte[] {0x0c, 7, 8}); // DW_CFA_def_cfa: rsp + 8
        entry.put(new byte[] {(byte) 0x90, 1}); // DW_CFA_offset: rip at cfa - 8
        entry.position(24);
        entry.putInt(28).putInt(28); // a frame description entry, 28 bytes behind its common one
        entry.putLong(code).putLong(length).put((byte) 0);
        return entry.array();
    }
}
