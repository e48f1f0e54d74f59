package dev.repoint.machine.witness;

import dev.repoint.machine.instruction.Code;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/// Code written as numbers, with a bar before the byte that a relocation names: `ff 15 | 10 00 00 00`.
///
/// @param code  the bytes, the first one at [#ADDRESS]
/// @param field the address of the byte behind the bar; that of the first byte if there is no bar
public record HexCode(Code code, long field) {

    /// Where the first byte stands.
    public static final long ADDRESS = 0x1000;

    public static HexCode of(String text) {
        int bar = text.indexOf('|');
        int before = bar < 0 ? 0 : bytes(text.substring(0, bar)).length;
        return new HexCode(new Code(MemorySegment.ofArray(bytes(text.replace("|", ""))), ADDRESS), ADDRESS + before);
    }

    /// @param text numbers of two digits, with spaces anywhere between them
    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /// Numbers of two digits, with a space between each two.
    public static String text(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
