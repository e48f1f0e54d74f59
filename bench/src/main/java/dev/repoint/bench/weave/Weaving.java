package dev.repoint.bench.weave;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.weave.Weaver;
import java.util.List;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;

/// A way to weave all classes of a jar.
enum Weaving {
    /// Ours: entry weaving of what the keys name.
    REPOINT,
    /// Ours, and the annotated methods too, as the agent and the command do.
    REPOINT_ANNOTATED,
    /// ASM, which reads the header of each class and visits those that match.
    ASM_MATCHING,
    /// ASM, which reads the members of each class to find the annotated ones too.
    ASM_ANNOTATED,
    /// ASM, which visits each class and writes it anew, as a transformer does that does not look first.
    ASM_EACH;

    /// What makes a woven class file of a class file.
    UnaryOperator<byte[]> of(Corpus corpus, Selected selected) {
        return switch (this) {
            case REPOINT, REPOINT_ANNOTATED -> {
                List<KeyPattern> patterns = List.of(KeyPattern.parse(selected.pattern()));
                Weaver weaver =
                        Weaver.of(new Selection(patterns, this == REPOINT_ANNOTATED, List.of(), List.of(), List.of()));
                yield bytes ->
                        weaver.weave(bytes, corpus.byName()::get, Phase.LOAD).bytes();
            }
            case ASM_MATCHING -> new AsmWeaver(selected)::weaveMatching;
            case ASM_ANNOTATED -> new AsmWeaver(selected)::weaveAnnotated;
            case ASM_EACH -> new AsmWeaver(selected)::weaveAll;
        };
    }

    /// The name of it in tables.
    String label() {
        return switch (this) {
            case REPOINT -> "Repoint, name first";
            case REPOINT_ANNOTATED -> "Repoint, name and annotations first";
            case ASM_MATCHING -> "ASM, name first";
            case ASM_ANNOTATED -> "ASM, name and annotations first";
            case ASM_EACH -> "ASM, every class visited";
        };
    }

    /// Proves that a way weaves what it should: how many classes come out changed.
    static long changed(Corpus corpus, UnaryOperator<byte[]> weaver) {
        long changed = 0;
        for (byte[] classFile : corpus.classes()) {
            byte[] woven = weaver.apply(classFile);
            if (woven != classFile && hasEntry(woven)) {
                changed++;
            }
        }
        return changed;
    }

    private static boolean hasEntry(byte[] classFile) {
        EntrySearch search = new EntrySearch();
        new ClassReader(classFile).accept(search, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return search.found();
    }
}
