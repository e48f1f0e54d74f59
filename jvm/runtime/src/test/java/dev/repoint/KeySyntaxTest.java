package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySyntaxTest {

    private static final String ODD =
            " ,()=#:*`\\\"'$-+@<>{}|&?!~^%0129azäß€名\t\n\u0000\u001b\u007f\u00a0\u202e\u2028\ud83d\ude00";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m",
                "$plus",
                "access$000",
                "a-b",
                "get-abc123",
                "größe",
                "名前",
                "x$default",
                "<init>",
                "i'm",
                "_",
                "a1"
            })
    void aNameThatCannotBeMistakenStandsAsItIs(String name) {
        assertThat(KeySyntax.quoted(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "with space | `with space`",
                "a(b) | `a(b)`",
                "a=b | `a=b`",
                "a:b | `a:b`",
                "a#b | `a#b`",
                "a,b | `a,b`",
                "a*b | `a*b`",
                "-x | `-x`",
                "@x | `@x`",
                "1a | `1a`",
                "a`b | `a\\`b`",
                "a\\b | `a\\\\b`"
            })
    void aNameThatCouldBeMistakenStandsInBackticks(String name, String quoted) {
        assertThat(KeySyntax.quoted(name)).isEqualTo(quoted);
    }

    @Test
    void whatNobodySeesIsWrittenAsItsNumber() {
        assertThat(KeySyntax.quoted("a\nb")).isEqualTo("`a\\u000ab`");
        assertThat(KeySyntax.quoted("a\u202eb")).isEqualTo("`a\\u202eb`");
        assertThat(KeySyntax.quoted("a\ud83db")).isEqualTo("`a\\ud83db`");
        assertThat(KeySyntax.quoted("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    }

    @Test
    void ofAClassThoseSegmentsAreQuotedThatNeedIt() {
        assertThat(KeySyntax.quotedClass("com.acme.A$B")).isEqualTo("com.acme.A$B");
        assertThat(KeySyntax.quotedClass("com.ac me.A,B[][]")).isEqualTo("com.`ac me`.`A,B`[][]");
    }

    @Test
    void separatorsBetweenBackticksDivideNothing() {
        assertThat(KeySyntax.split("a;`b;\\`;`;c", ';')).containsExactly("a", "`b;\\`;`", "c");
        assertThat(KeySyntax.indexOf("a.`b=c`=d", '=', 0)).isEqualTo(7);
        assertThat(KeySyntax.indexOf("a.`b=c", '=', 0)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a.B.`m | the backtick at column 5 has no partner",
                "a.B.m` | the backtick at column 6 has no partner",
                "a.`B.C`.m | no name holds '.', also between backticks",
                "a.B.`a\\u12` | '\\u' at column 7 has not four digits",
                "a.B.`a\\nb` | found '\\n' between backticks",
                "a.B.`` | an empty part between dots",
                "a.B.m n | ' ' at column 6 is not part of a name; put the name in backticks if it is"
            })
    void aMalformedNameIsRefusedWithItsPlace(String text, String reason) {
        assertThatThrownBy(() -> KeyPattern.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining(reason.strip());
    }

    @Test
    void anAsteriskBetweenBackticksIsNoWildcard() {
        KeyPattern pattern = KeyPattern.parse("a.B.`m*`");
        assertThat(pattern.isExact()).isTrue();
        assertThat(pattern.name()).isEqualTo("m*");
        assertThat(pattern.matches(new Key("a.B", "m*", "()V"))).isTrue();
        assertThat(pattern.matches(new Key("a.B", "mn", "()V"))).isFalse();
        assertThat(KeyPattern.parse("a.B.`m*`*").matches(new Key("a.B", "m*n", "()V")))
                .isTrue();
    }

    @Test
    void methodsThatDifferInTheirResultAreToldApart() {
        Key one = new Key("a.B", "m", "(I)Ljava/lang/String;");
        Key other = new Key("a.B", "m", "(I)I");
        Key alone = new Key("a.B", "n", "(I)I");
        assertThat(Key.texts(List.of(one, other, alone)))
                .containsExactly("a.B.m(int):java.lang.String", "a.B.m(int):int", "a.B.n(int)");
        assertThat(KeyPattern.parse("a.B.m(int):java.lang.String").matches(other))
                .isFalse();
        assertThat(KeyPattern.parse("a.B.m(int):String").matches(one)).isTrue();
    }

    @Test
    void anyKeyThatIsWrittenIsReadAsTheSame() {
        Random random = new Random(20_260_101);
        for (int i = 0; i < 5_000; i++) {
            Key key = key(random);
            Key other = new Key(key.owner(), key.name() + "x", key.descriptor());
            for (String text : List.of(key.text(), key.fullText())) {
                assertThat(text.chars()).as(text).noneMatch(Character::isISOControl);
                KeyPattern pattern = KeyPattern.parse(" " + text + " ");
                boolean means = key.isField() && pattern.mayMeanField() || pattern.hasParameters();
                assertThat(means && pattern.matches(key)).as(text).isTrue();
                assertThat(pattern.isExact()).as(text).isTrue();
                assertThat(pattern.owner()).as(text).isEqualTo(key.owner());
                assertThat(pattern.name()).as(text).isEqualTo(key.name());
                assertThat(pattern.matches(other)).as(text).isFalse();
                assertThat(KeySyntax.indexOf(text + "=x", '=', 0)).as(text).isEqualTo(text.length());
            }
            assertThat(ClassPattern.parse(KeySyntax.quotedClass(key.owner())).matches(key.owner()))
                    .isTrue();
            if (!key.isField()) {
                Target target = new Target.Named(key.owner(), key.name(), key.parameters() + ":" + key.type());
                assertThat(Target.parse(target.toString())).isEqualTo(target);
            }
        }
    }

    private static Key key(Random random) {
        List<String> owner = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            owner.add(name(random));
        }
        StringBuilder descriptor = new StringBuilder();
        if (random.nextInt(4) > 0) {
            descriptor.append('(');
            for (int i = random.nextInt(4); i > 0; i--) {
                descriptor.append(type(random));
            }
            descriptor.append(')');
        }
        return new Key(
                String.join(".", owner),
                name(random),
                descriptor.append(type(random)).toString());
    }

    private static String type(Random random) {
        String element = random.nextBoolean()
                ? "" + "BCDFIJSZ".charAt(random.nextInt(8))
                : "L" + name(random) + "/" + name(random) + ";";
        return "[".repeat(random.nextInt(3)) + element;
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            name.append(ODD.charAt(random.nextInt(ODD.length())));
        }
        return name.toString();
    }
}
