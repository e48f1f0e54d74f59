package dev.repoint.elf.function;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.tukaani.xz.XZInputStream;

/// The symbols that a stripped file keeps in `.gnu_debugdata`: a whole ELF file, compressed with xz.
///
/// The library `org.tukaani:xz` unpacks it. A program that does not have it on its path gets no names from there.
final class CompressedSymbols {

    private static final String SECTION = ".gnu_debugdata";
    /// Symbols of the largest programs take a tenth of it.
    private static final int LARGEST = 1 << 28;
    private static final int MEMORY_KIB = 1 << 17;

    private CompressedSymbols() {}

    /// Loaded only where there is something to unpack.
    private static final class Xz {
        static byte[] unpack(byte[] packed) throws IOException {
            try (XZInputStream in = new XZInputStream(new ByteArrayInputStream(packed), MEMORY_KIB)) {
                byte[] plain = in.readNBytes(LARGEST);
                if (in.read() >= 0) {
                    throw new IOException("it has more than " + LARGEST + " bytes");
                }
                return plain;
            }
        }
    }

    /// The file inside of a file.
    ///
    /// @return empty if there is none
    /// @throws ElfException if it cannot be unpacked, or is not the same program's
    static Optional<ElfFile> of(ElfFile file) throws ElfException {
        Section section = file.section(SECTION).filter(Section::hasBytes).orElse(null);
        if (section == null || section.size() > LARGEST) {
            return Optional.empty();
        }
        byte[] packed =
                file.bytes().asSlice(section.offset().value(), section.size()).toArray(ValueLayout.JAVA_BYTE);
        String name = file.name() + ": " + SECTION;
        try {
            ElfFile inside = ElfFile.of(name, MemorySegment.ofArray(Xz.unpack(packed)));
            DebugFiles.requireSameBuild(file, inside);
            return Optional.of(inside);
        } catch (NoClassDefFoundError missing) {
            throw new ElfException(
                    name
                            + " is compressed with xz, and the library org.tukaani:xz is not on the path; its names"
                            + " are not known",
                    missing);
        } catch (ElfException known) {
            throw known;
        } catch (IOException damaged) {
            throw new ElfException(name + " cannot be unpacked: " + damaged.getMessage(), damaged);
        }
    }
}
