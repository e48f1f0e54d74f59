package dev.repoint.demo;

import java.util.List;
import org.apache.commons.codec.binary.Hex;

/// One thread of the service: takes one document after the other, writes its parts as text and checks each
/// text.
final class Worker implements Runnable {

    private final List<Document> documents;
    private final int first;
    private final Tally tally;

    /// @param documents the documents, taken round and round
    /// @param first the one to begin with
    /// @param tally where to count
    Worker(List<Document> documents, int first, Tally tally) {
        this.documents = documents;
        this.first = first;
        this.tally = tally;
    }

    @Override
    public void run() {
        long before = System.nanoTime();
        for (int i = first; !Thread.currentThread().isInterrupted(); i = (i + 1) % documents.size()) {
            Document document = documents.get(i);
            int wrong = handle(document);
            long now = System.nanoTime();
            tally.document(document.parts().size(), wrong, now - before);
            before = now;
        }
    }

    private static int handle(Document document) {
        int wrong = 0;
        for (int i = 0; i < document.parts().size(); i++) {
            String text = Hex.encodeHexString(document.parts().get(i));
            if (!text.equals(document.texts().get(i))) {
                wrong++;
            }
        }
        return wrong;
    }
}
