package dev.repoint.it.processes;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.dwarf.UnwindEntries;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The function of nginx that compares passwords. The program is stripped, and the function is `static`: it is found
/// as its module has nginx know it.
///
/// 1. `ngx_http_auth_basic_module` has a name; its member `ctx` leads to a table.
/// 2. The second word of that is a function which is called at the start.
/// 3. That function forms the address of the handler (`lea handler(%rip)`), to store it in a list.
final class AuthHandler {

    private static final String MODULE = "ngx_http_auth_basic_module";
    /// In `struct ngx_module_s`.
    private static final int CTX = 56;
    private static final int POSTCONFIGURATION = 8;
    private static final int LONGEST = 256;
    private static final int LEA_LENGTH = 7;

    private AuthHandler() {}

    /// Its key, `nginx+0x1234`.
    static String key(long pid) throws IOException {
        try (OtherProcess process = OtherProcess.open(pid);
                RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
            ProcessFile program = process.files().getFirst();
            ElfFile file = program.file();
            long module = program.bias()
                    + file.dynamicSymbols().named(MODULE).getFirst().value().value();
            long init = word(memory, word(memory, module + CTX) + POSTCONFIGURATION); // 1. and 2.
            byte[] code = new byte[LONGEST];
            memory.seek(init);
            memory.readFully(code);
            ByteBuffer bytes = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
            UnwindEntries functions = UnwindEntries.of(file);
            for (int i = 0; i + LEA_LENGTH <= LONGEST; i++) { // 3.
                boolean isLea = code[i] == 0x48 && code[i + 1] == (byte) 0x8d && (code[i + 2] & 0xc7) == 0x05;
                long address = init + i + LEA_LENGTH + bytes.getInt(Math.min(i + 3, LONGEST - 4)) - program.bias();
                int function = isLea ? functions.containing(address) : UnwindEntries.NONE;
                if (function != UnwindEntries.NONE && functions.start(function) == address) {
                    return program.name() + "+0x" + Long.toHexString(address);
                }
            }
            throw new IOException("the function that compares passwords was not found");
        }
    }

    private static long word(RandomAccessFile memory, long address) throws IOException {
        memory.seek(address);
        return Long.reverseBytes(memory.readLong());
    }
}
