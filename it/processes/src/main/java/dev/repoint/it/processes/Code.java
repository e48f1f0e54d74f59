package dev.repoint.it.processes;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Segment;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;

/// The code of the program that a process runs, beside that of its file.
///
/// @param bytes how many there are
/// @param other how many of them are not as in the file
record Code(long bytes, long other) {

    /// Compares it.
    static Code of(OtherProcess process) throws IOException {
        ProcessFile program = process.files().getFirst();
        ElfFile file = program.file();
        long bytes = 0;
        long other = 0;
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + process.pid() + "/mem", "r")) {
            for (Segment each : file.segments()) {
                if (each.isLoaded() && each.isExecutable()) {
                    byte[] found = new byte[Math.toIntExact(each.fileSize())];
                    memory.seek(program.bias() + each.address().value());
                    memory.readFully(found);
                    for (int i = 0; i < found.length; i++) {
                        byte built = file.bytes()
                                .get(ValueLayout.JAVA_BYTE, each.offset().value() + i);
                        other += found[i] == built ? 0 : 1;
                    }
                    bytes += found.length;
                }
            }
        }
        return new Code(bytes, other);
    }
}
