package dev.repoint.it.processes;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One connection to a PostgreSQL server, by the simple queries of its protocol (PostgreSQL documentation,
/// chapter "Frontend/Backend Protocol"). Serves one thread.
final class Postgres implements AutoCloseable {

    /// The user whom the server trusts.
    static final String USER = "repoint";
    /// The database that is there from the start.
    static final String DATABASE = "postgres";

    private static final int PROTOCOL = 3 << 16;
    private static final int LENGTH = Integer.BYTES;

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    private Postgres(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
    }

    static Postgres connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        Postgres connection = new Postgres(channel);
        String parameters = String.join("\0", "user", USER, "database", DATABASE, "", "");
        connection.out.write(message(out -> {
            out.writeInt(PROTOCOL);
            out.writeBytes(parameters);
        }));
        connection.answer();
        return connection;
    }

    /// Asks, and returns the rows of the answer: the text of each column, parted by a bar.
    ///
    /// @throws IOException if the server reports an error, or closed the connection
    List<String> ask(String query) throws IOException {
        byte[] message = message(out -> out.writeBytes(query + "\0"));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write('Q');
        whole.writeBytes(message);
        out.write(whole.toByteArray());
        return answer();
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    /// With its length before it.
    private static byte[] message(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.write(new DataOutputStream(bytes));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(whole);
        out.writeInt(LENGTH + bytes.size());
        out.write(bytes.toByteArray());
        return whole.toByteArray();
    }

    /// All up to where the server is ready for the next query.
    private List<String> answer() throws IOException {
        List<String> rows = new ArrayList<>();
        while (true) {
            int kind = in.readUnsignedByte();
            byte[] content = in.readNBytes(in.readInt() - LENGTH);
            switch (kind) {
                case 'D' -> rows.add(row(content));
                case 'E' ->
                    throw new IOException(
                            "the server says: " + new String(content, StandardCharsets.UTF_8).replace('\0', ' '));
                case 'Z' -> {
                    return rows;
                }
                default -> {
                    // what it tells of itself, and of the columns
                }
            }
        }
    }

    private static String row(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        List<String> columns = new ArrayList<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            columns.add(length < 0 ? "" : new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        return String.join("|", columns);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
