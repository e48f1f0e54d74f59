package dev.repoint.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The documents of the service: pieces of the files that every machine with a JDK has, its own.
final class Corpus {

    /// The bytes of a document.
    static final int DOCUMENT = 8 * 1024;

    private Corpus() {}

    /// Cuts documents out of the files of a folder and of those below it, evenly over all their bytes.
    ///
    /// @param folder such as the `lib` folder of a JDK
    /// @param count how many documents
    /// @return that many documents
    /// @throws IOException if a file cannot be read, or there are not enough bytes
    static List<Document> of(Path folder, int count) throws IOException {
        record Source(Path file, long size) {}
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                sources.add(new Source(file, Files.size(file) / DOCUMENT));
            }
        }
        long all = sources.stream().mapToLong(Source::size).sum();
        if (all < count) {
            throw new IOException(folder + " holds " + all + " documents of " + DOCUMENT + " bytes, not " + count);
        }
        List<Document> documents = new ArrayList<>();
        long before = 0;
        for (Source source : sources) {
            while (documents.size() < count && documents.size() * all / count < before + source.size) {
                long position = (documents.size() * all / count - before) * DOCUMENT;
                documents.add(Document.of(read(source.file, position)));
            }
            before += source.size;
        }
        return documents;
    }

    private static byte[] read(Path file, long position) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(DOCUMENT);
        try (SeekableByteChannel channel = Files.newByteChannel(file).position(position)) {
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // A read may give less than was asked for.
            }
        }
        if (content.hasRemaining()) {
            throw new IOException(file + " became shorter while it was read");
        }
        return content.array();
    }
}
