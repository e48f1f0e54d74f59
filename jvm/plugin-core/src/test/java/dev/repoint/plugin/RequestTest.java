package dev.repoint.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void anOptionIsALineForEachItem() {
        assertThat(new Request("weave")
                        .withAll("patchable", List.of("com.acme.A.a", " b.**;c.C.d "))
                        .toString())
                .isEqualTo("goal\tweave\npatchable\tcom.acme.A.a\npatchable\tb.**\npatchable\tc.C.d\n");
    }

    @Test
    void noOptionIsNoLine() {
        assertThat(new Request("look").withAll("in", null).toString()).isEqualTo("goal\tlook\n");
    }

    @Test
    void aValueOfSeveralLinesIsStillOneLine() {
        assertThat(new Request("look").with("classes", "a\r\nb").toString()).isEqualTo("goal\tlook\nclasses\ta b\n");
    }

    @Test
    void whatWasDividedBetweenParametersBelongsTogether() {
        assertThat(Request.items(List.of("a.B.c(int", "byte[])", "d.E.f", "g.H.i()")))
                .containsExactly("a.B.c(int,byte[])", "d.E.f", "g.H.i()");
        assertThat(Request.items(List.of("a.B.c(int", "byte[])=x.Y.z(int", "byte[]);d.E.f=nothing")))
                .containsExactly("a.B.c(int,byte[])=x.Y.z(int,byte[])", "d.E.f=nothing");
    }

    @Test
    void aParenthesisThatIsNeverClosedIsPassedOnAsItIs() {
        assertThat(Request.items(List.of("a.B.c(int", "d.E.f"))).containsExactly("a.B.c(int,d.E.f");
    }

    @Test
    void betweenBackticksNothingDivides() {
        assertThat(Request.items(List.of("a.B.`c;d`(int);e.F.g", "a.B.`x", " y(`", "h.I.j")))
                .containsExactly("a.B.`c;d`(int)", "e.F.g", "a.B.`x, y(`", "h.I.j");
        assertThat(Request.items(List.of("a.B.c=constant:it`s ();d.E.`\\`;`=nothing")))
                .containsExactly("a.B.c=constant:it`s ()", "d.E.`\\`;`=nothing");
    }
}
