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
import java.util.ArrayList;
import java.util.List;

/// What a program says of itself whose functions can be counted: see `entries/witness.h`.
///
/// @param keys    its functions
/// @param counted a digit for each of them: 1 if its calls are counted
/// @param rounds  how often all were called
/// @param wrong   how many answers were wrong
/// @param inside  how many backtraces from a timer went through code that no file has
/// @param cut     how many of those were cut
record CountedState(List<String> keys, String counted, long rounds, long wrong, long inside, long cut) {

    /// What is said behind the keys.
    private static final int OTHERS = 4;

    /// Asks the program.
    static CountedState ask(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String line = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII))
                    .readLine();
            if (line == null) {
                throw new IOException("the program closed the connection");
            }
            return of(line);
        }
    }

    private static CountedState of(String line) {
        String[] parts = line.split(" ");
        List<String> keys = new ArrayList<>();
        StringBuilder counted = new StringBuilder();
        long[] others = new long[OTHERS];
        for (int i = 0; i < parts.length; i++) {
            int end = parts[i].lastIndexOf('=');
            String value = parts[i].substring(end + 1);
            int other = i - parts.length + OTHERS;
            if (other < 0) {
                keys.add(parts[i].substring(0, end));
                counted.append(value);
            } else {
                others[other] = Long.parseLong(value);
            }
        }
        return new CountedState(keys, counted.toString(), others[0], others[1], others[2], others[3]);
    }

    /// As [#counted] is if no function is.
    String none() {
        return "0".repeat(keys.size());
    }

    /// As [#counted] is if all functions are.
    String all() {
        return "1".repeat(keys.size());
    }

    /// The change that has the calls of a function counted.
    static ProcessChange change(String key) {
        return ProcessChange.parse(key + "=counted_" + key.replaceFirst(".*:", ""));
    }

    /// What a status tells, as [#counted].
    String told(List<ProcessState> status) {
        StringBuilder digits = new StringBuilder();
        for (String key : keys) {
            digits.append(
                    status.stream()
                                    .anyMatch(each -> each.text().equals(key)
                                            && !each.target().equals("default"))
                            ? '1'
                            : '0');
        }
        return digits.toString();
    }
}
