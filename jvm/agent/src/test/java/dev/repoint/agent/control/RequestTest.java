package dev.repoint.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RequestTest {

    static final List<Request> REQUESTS = List.of(
            new Request.Status(),
            new Request.Report(),
            new Request.Reset(List.of()),
            new Request.Reset(List.of("a.B.c", "d.**")),
            new Request.Patch(
                    List.of(new Change("a.B.c(int,int)", "constant:a=b"), new Change("d.E.f", "")), List.of()),
            new Request.Patch(List.of(new Change("a.B.c", "nothing")), List.of("/tmp/a.jar", "/tmp/b.jar")));

    static final List<Reply> REPLIES = List.of(
            new Reply.Refused("no"),
            new Reply.Rows(List.of()),
            new Reply.Rows(List.of(List.of("a", "b"), List.of("c", ""))),
            new Reply.Rows(List.of(new Outcome("a.B.c()", "default", "nothing", "note").fields())));

    static final List<List<String>> MALFORMED_REQUESTS = List.of(
            List.of(),
            List.of("quit"),
            List.of("set"),
            List.of("set", "x"),
            List.of("set", "0"),
            List.of("set", "2", "a", "b", "c"),
            List.of("set", "2147483647", "a", "b"));

    static final List<List<String>> MALFORMED_REPLIES = List.of(
            List.of(),
            List.of("ok"),
            List.of("ok", "x"),
            List.of("ok", "2", "a"),
            List.of("ok", "0", "a"),
            List.of("ok", "-1", "a"),
            List.of("refused"));

    @ParameterizedTest
    @FieldSource("REQUESTS")
    void aRequestSurvivesItsFrame(Request request) {
        assertThat(Request.of(request.frame())).isEqualTo(request);
    }

    @ParameterizedTest
    @FieldSource("REPLIES")
    void aReplySurvivesItsFrame(Reply reply) {
        assertThat(Reply.of(reply.frame())).isEqualTo(reply);
    }

    @ParameterizedTest
    @FieldSource("MALFORMED_REQUESTS")
    void whatIsNoRequestIsRefused(List<String> fields) {
        assertThatThrownBy(() -> Request.of(new Frame(fields))).isInstanceOf(ControlException.class);
    }

    @ParameterizedTest
    @FieldSource("MALFORMED_REPLIES")
    void whatIsNoReplyIsRefused(List<String> fields) {
        assertThatThrownBy(() -> Reply.of(new Frame(fields))).isInstanceOf(ControlException.class);
    }

    @Test
    void anUnknownRequestIsAnsweredWithThoseThatThereAre() {
        assertThatThrownBy(() -> Request.of(new Frame(List.of("quit"))))
                .hasMessageContainingAll("quit", "status", "set", "reset", "report");
    }

    @Test
    void recordsSurviveTheirFields() {
        PatchableStatus status = new PatchableStatus("a.B.c()", "int c()", "default", "pointer", 3, 4, "app", "");
        Outcome outcome = new Outcome("a.B.c()", "default", "nothing", "");

        assertThat(PatchableStatus.of(status.fields())).isEqualTo(status);
        assertThat(Outcome.of(outcome.fields())).isEqualTo(outcome);
        assertThatThrownBy(() -> PatchableStatus.of(outcome.fields())).isInstanceOf(ControlException.class);
        assertThatThrownBy(() -> Outcome.of(status.fields())).isInstanceOf(ControlException.class);
        assertThatThrownBy(() -> PatchableStatus.of(List.of("a", "b", "c", "d", "x", "1", "g", "h")))
                .isInstanceOf(ControlException.class);
    }
}
