package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Target;
import dev.repoint.agent.control.Change;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Test
    void theFirstEqualsSignOutsideOfParenthesesSeparates() {
        assertThat(Assignment.parse("a.B.c(int,byte[])=d.E.f(int,byte[])").change())
                .isEqualTo(new Change("a.B.c(int,byte[])", "d.E.f(int,byte[])"));
    }

    @Test
    void aConstantMayHoldEqualsSignsAndBlanks() {
        assertThat(Assignment.parse("a.B.c=constant: x=y ").target()).isEqualTo(new Target.Constant(" x=y "));
        assertThat(Assignment.parse("a.B.c=constant:").target()).isEqualTo(new Target.Constant(""));
    }

    @Test
    void theReturnTypeOfAKeyStaysWithTheKey() {
        assertThat(Assignment.parse("a.B.compareTo(Object):int=default").change())
                .isEqualTo(new Change("a.B.compareTo(Object):int", "default"));
    }

    @Test
    void nothingAndDefaultAreNoMethods() {
        assertThat(Assignment.parse("a.B.c=nothing").target()).isEqualTo(Target.nothing());
        assertThat(Assignment.parse("a.B.c=default").target()).isEqualTo(Target.DEFAULT);
    }

    @Test
    void betweenBackticksAnEqualsSignIsPartOfTheName() {
        Assignment assignment = Assignment.parse("a.B.`with space, = (`(int):int=c.D.`e=f`");

        assertThat(assignment.key().name()).isEqualTo("with space, = (");
        assertThat(assignment.change().key()).isEqualTo("a.B.`with space, = (`(int):int");
        assertThat(assignment.change().target()).isEqualTo("c.D.`e=f`");
    }
}
