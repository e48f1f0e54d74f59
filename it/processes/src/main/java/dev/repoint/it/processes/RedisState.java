package dev.repoint.it.processes;

import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What three functions of redis lead to, of more than 300 sites together, which one patch changes at one
/// moment; and what can be seen of it in answers.
enum RedisState {
    /// As it was built.
    OLD("default $-1", "default *-1", "default *2 $9 maxmemory $1 0"),
    /// Two functions have changed places; the third leads to another one.
    NEW("addReplyNullArray *-1", "addReplyNull $-1", "addReplyStatus *2 +maxmemory $1 0"),
    /// One of them leads to a library that was brought along.
    LOADED("addReplyNone +none", "addReplyNull $-1", "addReplyStatus *2 +maxmemory $1 0");

    private static final List<String> KEYS = List.of("addReplyNull", "addReplyNullArray", "addReplyBulkCString");
    /// One that each of the functions answers.
    private static final List<List<String>> QUESTIONS = List.of(
            List.of("HGET", "probe", "none"),
            List.of("LMPOP", "1", "none", "LEFT"),
            List.of("CONFIG", "GET", "maxmemory"));
    private final List<String> targets = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    /// @param each the target of a key, and what is answered then
    RedisState(String... each) {
        for (String target : each) {
            int end = target.indexOf(' ');
            targets.add(target.substring(0, end));
            answers.add(target.substring(end + 1));
        }
    }

    /// What a patch to this state is told.
    List<ProcessChange> changes() {
        List<ProcessChange> changes = new ArrayList<>();
        for (int i = 0; i < KEYS.size(); i++) {
            changes.add(ProcessChange.parse(KEYS.get(i) + "=" + targets.get(i)));
        }
        return changes;
    }

    /// What tells the state.
    static List<List<String>> questions() {
        return QUESTIONS;
    }

    /// Whether these are the answers of one state.
    static boolean isWhole(List<String> answers) {
        for (RedisState each : values()) {
            if (each.answers.equals(answers)) {
                return true;
            }
        }
        return false;
    }

    /// The state that a server shows.
    ///
    /// @throws IOException if it shows half of a patch
    static RedisState seen(Redis server) throws IOException {
        List<String> answers = server.together(QUESTIONS);
        for (RedisState each : values()) {
            if (each.answers.equals(answers)) {
                return each;
            }
        }
        throw new IOException("half of a patch shows in the answers: " + answers);
    }

    /// The state that a status tells.
    ///
    /// @throws IOException if it tells of half a patch
    static RedisState told(List<ProcessState> status) throws IOException {
        Map<String, String> told = new HashMap<>();
        status.forEach(each -> told.put(each.key().text(), each.target().replaceFirst(".*:", "")));
        List<String> targets =
                KEYS.stream().map(each -> told.getOrDefault(each, "default")).toList();
        for (RedisState each : values()) {
            if (each.targets.equals(targets)) {
                return each;
            }
        }
        throw new IOException("half of a patch is remembered: " + status);
    }
}
