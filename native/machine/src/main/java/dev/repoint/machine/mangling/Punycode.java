package dev.repoint.machine.mangling;

/// Reads identifiers that are not ASCII (RFC 3492, with `_` for the delimiter, as Rust has it).
final class Punycode {

    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_POINT = 0x80;
    private static final int LONGEST = 1024;

    private Punycode() {}

    static String decode(String text) {
        int split = text.lastIndexOf('_');
        StringBuilder plain = new StringBuilder(split < 0 ? "" : text.substring(0, split));
        if (text.length() > LONGEST) {
            throw new UnreadableNameException();
        }
        int[] points = new int[text.length()];
        int count = plain.length();
        for (int i = 0; i < count; i++) {
            points[i] = plain.charAt(i);
        }
        int bias = FIRST_BIAS;
        long point = FIRST_POINT;
        long place = 0;
        int at = split + 1;
        while (at < text.length()) {
            long before = place;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                if (at >= text.length()) {
                    throw new UnreadableNameException();
                }
                int digit = digit(text.charAt(at++));
                place += digit * weight;
                int threshold = Math.clamp(k - bias, LEAST, MOST);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (weight > Integer.MAX_VALUE || place > Integer.MAX_VALUE) {
                    throw new UnreadableNameException();
                }
            }
            bias = adapt(place - before, count + 1, before == 0 && count == plain.length());
            point += place / (count + 1);
            place %= count + 1;
            if (!Character.isValidCodePoint((int) point)
                    || point > Character.MAX_CODE_POINT
                    || count == points.length) {
                throw new UnreadableNameException();
            }
            System.arraycopy(points, (int) place, points, (int) place + 1, count - (int) place);
            points[(int) place++] = (int) point;
            count++;
        }
        return new String(points, 0, count);
    }

    private static int digit(char each) {
        if (each >= 'a' && each <= 'z') {
            return each - 'a';
        }
        if (each >= '0' && each <= '9') {
            return each - '0' + 26;
        }
        throw new UnreadableNameException();
    }

    private static int adapt(long delta, int count, boolean isFirst) {
        long rest = isFirst ? delta / DAMP : delta / 2;
        rest += rest / count;
        int k = 0;
        while (rest > (BASE - LEAST) * MOST / 2) {
            rest /= BASE - LEAST;
            k += BASE;
        }
        return k + (int) ((BASE - LEAST + 1) * rest / (rest + SKEW));
    }
}
