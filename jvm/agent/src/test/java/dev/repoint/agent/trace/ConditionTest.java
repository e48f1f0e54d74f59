package dev.repoint.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "args[0] < 0 && time > 5ms ~ All[parts=[Comparison[left=args[0], operator=<, right=0],"
                        + " Comparison[left=time, operator=>, right=5ms]]]",
                "result == null ~ Comparison[left=result, operator===, right=null]",
                "thrown ~ Holds[value=thrown]",
                "!thrown||this!=null ~ Any[parts=[Not[part=Holds[value=thrown]], Comparison[left=this, operator=!=,"
                        + " right=null]]]",
                "(true || false) && args[12] >= -1.5e3 ~ All[parts=[Any[parts=[Holds[value=true],"
                        + " Holds[value=false]]], Comparison[left=args[12], operator=>=, right=-1.5e3]]]",
                "'x' == args[1] ~ Comparison[left='x', operator===, right=args[1]]",
                "args[1] == \"a\\\"b\" ~ Comparison[left=args[1], operator===, right=\"a\\\"b\"]",
            })
    void whatIsWrittenIsRead(String text, String tree) {
        assertThat(ConditionParser.parse(text)).hasToString(tree);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "args[0] = 1 ~ has '= 1' at 9; expected &&, || or the end",
                "args ~ has the end at 5; expected the number of an argument, as in args[0]",
                "args[x] ~ has 'x]' at 6; expected the number of an argument, as in args[0]",
                "time > 5days ~ has 'days' at 9; expected ns, us, ms or s",
                "args[0] > ~ has the end at 10; expected args[0], this",
                "size(x) ~ has 'size(x)' at 1; expected args[0], this",
                "(thrown ~ has the end at 8; expected a closing parenthesis",
                "args[0] == \"x ~ has a text without its end, at 12",
                "args[0] == 99999999999999999999 ~ has '99999999999999999999' at 12; expected a number",
                "args[0] == 'xy' ~ has ''xy'' at 12; expected one character",
            })
    void whatIsNoConditionIsRefusedWithThePlace(String text, String message) {
        assertThatThrownBy(() -> ConditionParser.parse(text))
                .isInstanceOf(ConditionException.class)
                .hasMessageStartingWith("the condition '" + text + "' ")
                .hasMessageContaining(message);
    }

    @Test
    void deepNestingIsRefused() {
        for (String opening : new String[] {"(", "!"}) {
            assertThatThrownBy(() -> ConditionParser.parse(opening.repeat(100_000)))
                    .isInstanceOf(ConditionException.class)
                    .hasMessageContaining("nested more than");
        }
    }
}
