package dev.repoint.it.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Asks redis what tells its [RedisState], several times together. A patch may come between two of the
/// questions; but if none of the times shows a whole state, then one is patched by half.
final class RedisWitness implements Load.Client {

    private static final int TIMES = 4;

    private final Redis redis;
    private final List<List<String>> questions = new ArrayList<>();

    RedisWitness(Path socket) {
        for (int i = 0; i < TIMES; i++) {
            questions.addAll(RedisState.questions());
        }
        try {
            redis = Redis.connect(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int round() throws IOException {
        List<String> answers = redis.together(questions);
        int each = answers.size() / TIMES;
        for (int i = 0; i < TIMES; i++) {
            if (RedisState.isWhole(answers.subList(i * each, (i + 1) * each))) {
                return answers.size();
            }
        }
        throw new IOException("half of a patch shows in the answers: " + answers);
    }

    @Override
    public void close() throws IOException {
        redis.close();
    }
}
