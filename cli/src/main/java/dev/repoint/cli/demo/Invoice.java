package dev.repoint.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/// One of the invoices that the server has, and what it may answer for it: worked out here, by other code.
final class Invoice {

    /// How many the server has.
    private static final int COUNT = 64;
    private static final int SIZE = 65536;

    private final byte[] request;
    private final Map<String, Answer> answers = new HashMap<>();

    private Invoice(int number) {
        this.request = "GET /invoice/%d HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                .formatted(number)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] text = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            text[i] = (byte) (number + i * (i >> 8));
        }
        CRC32 checksum = new CRC32();
        checksum.update(text);
        long net = 1003 + 100L * number;
        for (boolean byTable : new boolean[] {false, true}) {
            for (boolean rounded : new boolean[] {false, true}) {
                long tax = rounded ? Math.round(net * 0.19) : net * 19 / 100;
                answers.put(
                        String.format(
                                Locale.ROOT,
                                "invoice %d: net %d, tax %d, checksum %08x (%s)\n",
                                number,
                                net,
                                tax,
                                checksum.getValue(),
                                byTable ? "by table" : "bitwise"),
                        new Answer(byTable, rounded));
            }
        }
    }

    /// All of them, by number.
    static List<Invoice> all() {
        return IntStream.range(0, COUNT).mapToObj(Invoice::new).toList();
    }

    /// The request for it, as it is sent.
    byte[] request() {
        return request.clone();
    }

    /// Who made an answer.
    ///
    /// @param body the text that came
    /// @return empty if it is wrong
    Optional<Answer> answer(String body) {
        return Optional.ofNullable(answers.get(body));
    }
}
