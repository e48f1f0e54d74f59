package dev.repoint.weaver.outline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The strings to search for in constant pools. The search compares first the length, then the content.
///
/// Each weaver builds one of these. It does not change afterwards.
public final class Needles {

    /// The name of the class is the owner of a key.
    public static final int OWNER = 1;
    /// A method carries the annotation.
    public static final int ANNOTATION = 2;
    /// A member has the name of a method whose calls are wanted.
    public static final int SITE_NAME = 4;
    /// The class has the name of a method whose entry is wanted.
    public static final int ENTRY_NAME = 8;
    /// A member has the name of a field whose uses are wanted.
    public static final int FIELD_NAME = 16;
    /// The class may use fields by reflection.
    public static final int REFLECTION = 32;
    /// The class may look at the frames that called it.
    public static final int STACK = 64;

    private static final int LENGTHS = 256;

    private final byte[][][] strings = new byte[LENGTHS][][];
    private final int[][] meanings = new int[LENGTHS][];

    /// Adds a string with its meaning. The search works only for short strings that class files write as ASCII. For
    /// other strings the caller must use another method.
    ///
    /// @return whether the string was added
    public boolean add(String string, int meaning) {
        if (!isPlain(string) || string.length() >= LENGTHS) {
            return false;
        }
        int length = string.length();
        byte[][] known = strings[length];
        int count = known == null ? 0 : known.length;
        byte[][] grown = known == null ? new byte[1][] : Arrays.copyOf(known, count + 1);
        int[] grownMeanings = known == null ? new int[1] : Arrays.copyOf(meanings[length], count + 1);
        grown[count] = string.getBytes(StandardCharsets.US_ASCII);
        grownMeanings[count] = meaning;
        strings[length] = grown;
        meanings[length] = grownMeanings;
        return true;
    }

    /// The meaning of a string, or 0 if the search does not look for it.
    int meaningOf(byte[] bytes, int at, int length) {
        if (length >= LENGTHS) {
            return 0;
        }
        byte[][] candidates = strings[length];
        if (candidates == null) {
            return 0;
        }
        int found = 0;
        for (int i = 0; i < candidates.length; i++) {
            if (Arrays.equals(candidates[i], 0, length, bytes, at, at + length)) {
                found |= meanings[length][i];
            }
        }
        return found;
    }

    /// Whether a class file writes each character of a string as one byte.
    public static boolean isPlain(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == 0 || c > 127) {
                return false;
            }
        }
        return true;
    }
}
