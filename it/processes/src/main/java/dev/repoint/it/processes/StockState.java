package dev.repoint.it.processes;

import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// What the program `stock` says of itself.
///
/// @param counted a digit for each of [#FUNCTIONS]: 1 if its calls are counted
/// @param rounds  how often all were called
/// @param wrong   how many answers were wrong
/// @param inside  how often a timer has interrupted code that no file has
/// @param cut     how many backtraces from there were cut
record StockState(String counted, long rounds, long wrong, long inside, long cut) {

    /// Functions of stock libraries, as keys.
    static final List<String> FUNCTIONS = List.of(
            "libc.so.6:malloc",
            "libc.so.6:strtol",
            "libc.so.6:getenv",
            "libc.so.6:qsort",
            "libc.so.6:inet_ntop",
            "libz.so.1:crc32",
            "libz.so.1:deflate",
            "libcrypto.so.3:SHA256",
            "libcrypto.so.3:SHA256_Update",
            "libcrypto.so.3:ERR_clear_error");

    static final String NONE = "0".repeat(FUNCTIONS.size());
    static final String ALL = "1".repeat(FUNCTIONS.size());

    /// Asks the program.
    static StockState ask(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String line = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII))
                    .readLine();
            if (line == null) {
                throw new IOException("the program closed the connection");
            }
            String[] parts = line.split(" ");
            return new StockState(
                    parts[0],
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]));
        }
    }

    /// The change that has the calls of a function counted.
    static ProcessChange change(String function) {
        return ProcessChange.parse(function + "=counted_" + function.replaceFirst(".*:", ""));
    }

    /// What a status tells, as [#counted].
    static String told(List<ProcessState> status) {
        StringBuilder digits = new StringBuilder();
        for (String function : FUNCTIONS) {
            digits.append(
                    status.stream()
                                    .anyMatch(each -> each.text().equals(function)
                                            && !each.target().equals("default"))
                            ? '1'
                            : '0');
        }
        return digits.toString();
    }
}
