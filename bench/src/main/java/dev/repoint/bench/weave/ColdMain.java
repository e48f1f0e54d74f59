package dev.repoint.bench.weave;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// One fork of [ColdWeaveSuite]: reads a jar, then weaves it once and prints `cold NANOSECONDS`, with
/// everything that the weaver has to load and to link.
public final class ColdMain {

    private ColdMain() {}

    /// Weaves once.
    ///
    /// @param args the [Weaving], the jar's file, its name, `one` or `all`
    /// @throws IOException if the jar cannot be read
    public static void main(String[] args) throws IOException {
        Corpus corpus = Corpus.read(Path.of(args[1]));
        long start = System.nanoTime();
        Selected selected = args[3].equals("all") ? Selected.ALL : Selected.one(Corpus.oneKey(args[2]));
        UnaryOperator<byte[]> weaver = Weaving.valueOf(args[0]).of(corpus, selected);
        long bytes = 0;
        for (byte[] classFile : corpus.classes()) {
            bytes += weaver.apply(classFile).length;
        }
        long end = System.nanoTime();
        if (bytes <= corpus.size()) {
            throw new IllegalStateException("nothing was woven");
        }
        System.out.println("cold " + (end - start));
    }
}
