package dev.repoint.linux.memory;

import dev.repoint.linux.call.Memory;

/// Pages that were mapped together: one line of `/proc/self/maps` (`proc(5)`).
///
/// @param start      the first address
/// @param end        the address behind the last byte
/// @param protection of [Memory#READ], [Memory#WRITE], [Memory#EXECUTE]
/// @param offset     of the first byte in the file
/// @param inode      the number of the file; 0 if there is none
/// @param path       of the file, or a name in brackets; empty if there is none
public record Mapping(long start, long end, int protection, long offset, long inode, String path) {

    /// Whether a file is mapped, from its first byte on: as the loader begins one.
    public boolean isFirstOfFile() {
        return offset == 0 && path.startsWith("/");
    }

    /// Whether bytes lie in it as a whole.
    public boolean contains(long address, long length) {
        return address >= start && address <= end - length;
    }

    /// Whether stores are allowed.
    public boolean isWritable() {
        return (protection & Memory.WRITE) != 0;
    }

    /// Whether it may be run.
    public boolean isExecutable() {
        return (protection & Memory.EXECUTE) != 0;
    }

    /// Whether it may be read.
    public boolean isReadable() {
        return (protection & Memory.READ) != 0;
    }

    /// Such as `55d0-55e0 r-xp 0 /usr/lib/libz.so`.
    static Mapping parse(String line) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ');
        int afterOffset = line.indexOf(' ', space + 6);
        int inode = line.indexOf(' ', afterOffset + 1) + 1;
        int inodeEnd = line.indexOf(' ', inode);
        int slash = line.indexOf('/', afterOffset);
        int bracket = line.indexOf('[', afterOffset);
        int path = slash >= 0 && (bracket < 0 || slash < bracket) ? slash : bracket;
        return new Mapping(
                Long.parseUnsignedLong(line, 0, dash, 16),
                Long.parseUnsignedLong(line, dash + 1, space, 16),
                (line.charAt(space + 1) == 'r' ? Memory.READ : 0)
                        | (line.charAt(space + 2) == 'w' ? Memory.WRITE : 0)
                        | (line.charAt(space + 3) == 'x' ? Memory.EXECUTE : 0),
                Long.parseUnsignedLong(line, space + 6, afterOffset, 16),
                Long.parseUnsignedLong(line, inode, inodeEnd < 0 ? line.length() : inodeEnd, 10),
                path < 0 ? "" : line.substring(path));
    }
}
