package dev.repoint.agent.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.weaver.Policy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   "})
    void noTextGivesNoOptions(String text) {
        Options options = Options.parse(text);

        assertThat(options)
                .isEqualTo(new Options(
                        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null, null, false));
    }

    @Test
    void everyOptionIsRead() {
        Options options = Options.parse(
                "patchable=com.acme.**;org.lib.Crc.update,policy=com.acme.X.y=nothing,"
                    + "sites=java.time.Clock.systemUTC,in=com.acme.**;org.lib.*,exclude=com.acme.gen.**,report=/tmp/r,classdump=/tmp/d,policyfile=/etc/shop.policy,watch=true");

        assertThat(options.patchable()).containsExactly(key("com.acme.**"), key("org.lib.Crc.update"));
        assertThat(options.policy()).containsExactly(new Policy(key("com.acme.X.y"), Target.nothing()));
        assertThat(options.sites()).containsExactly(key("java.time.Clock.systemUTC"));
        assertThat(options.in()).containsExactly(ClassPattern.parse("com.acme.**"), ClassPattern.parse("org.lib.*"));
        assertThat(options.exclude()).containsExactly(ClassPattern.parse("com.acme.gen.**"));
        assertThat(options.report()).isEqualTo(Path.of("/tmp/r"));
        assertThat(options.classdump()).isEqualTo(Path.of("/tmp/d"));
        assertThat(options.policyFile()).isEqualTo(Path.of("/etc/shop.policy"));
        assertThat(options.watch()).isTrue();
    }

    @Test
    void commasInsideTheParametersOfAKeyDoNotEndItsOption() {
        Options options = Options.parse(
                "policy=com.acme.Crc.update(int,byte[])=com.acme.Fast.update;com.acme.X.y(int,long)=nothing,"
                        + "patchable=com.acme.Y.z(java.lang.String,int)");

        assertThat(options.policy())
                .extracting(Policy::toString)
                .containsExactly(
                        "com.acme.Crc.update(int,byte[])=com.acme.Fast.update", "com.acme.X.y(int,long)=nothing");
        assertThat(options.patchable()).containsExactly(key("com.acme.Y.z(java.lang.String,int)"));
    }

    @Test
    void aTargetMayHaveParametersToo() {
        Options options = Options.parse("policy=a.B.c(int,int)=a.D.e(int,int),report=r");

        assertThat(options.policy().getFirst().target()).isEqualTo(new Target.Named("a.D", "e", "(int,int)"));
        assertThat(options.report()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "policy=a.B.c=constant:x,y | x,y",
                "policy=a.B.c=constant:(,report=r | (",
                "policy=a.B.c=constant:),report=r | )",
                "policy=a.B.c=constant:f(x,y),report=r | f(x,y)",
                "policy=a.B.c=constant:k=v;d.E.f=nothing | k=v",
                "policy=a.B.c(int,int)=constant:-1,in=a.** | -1",
            })
    void aConstantMayHoldNearlyAnything(String text, String value) {
        assertThat(Options.parse(text).policy().getFirst().target()).isEqualTo(new Target.Constant(value));
    }

    @Test
    void parenthesesOfAConstantDoNotHideTheNextPolicy() {
        Options options = Options.parse("policy=a.B.c=constant:(;d.E.f(int,int)=nothing,report=r");

        assertThat(options.policy()).hasSize(2);
        assertThat(options.report()).isNotNull();
    }

    @Test
    void blanksAroundNamesAndItemsAreDropped() {
        Options options = Options.parse(" patchable = a.B.c ; d.E.f , in = a.* ");

        assertThat(options.patchable()).containsExactly(key("a.B.c"), key("d.E.f"));
        assertThat(options.in()).containsExactly(ClassPattern.parse("a.*"));
    }

    @Test
    void aListMayBeGivenInSeveralPieces() {
        Options options = Options.parse("patchable=a.B.c,in=a.*,patchable=d.E.f;");

        assertThat(options.patchable()).containsExactly(key("a.B.c"), key("d.E.f"));
    }

    @Test
    void aPathMayHoldACommaAndAnEqualsSign() {
        assertThat(Options.parse("report=/tmp/a,b/c=d.txt,in=a.*").report()).isEqualTo(Path.of("/tmp/a,b/c=d.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "polcy=a.B.c=nothing | unknown agent option 'polcy'",
                "patchable=a.**,polcy=a.B.c=nothing | unknown agent option 'polcy'",
                "report=/tmp/r,clasdump=/tmp/d | unknown agent option 'clasdump'",
                "com.acme.** | unknown agent option 'com.acme.**'",
                "patchable | agent option 'patchable': it has no value; write patchable=VALUE",
                "patchable= | agent option 'patchable': its value is empty",
                "patchable=,in=a.* | agent option 'patchable': its value is empty",
                "patchable=; | agent option 'patchable': its list is empty",
                "patchable=a.B.c,d.E.f | found ',' in 'a.B.c,d.E.f'; separate the items by ';'",
                "policy=a.B.c=d.E.f,g.H.i=nothing | found ',' in 'a.B.c=d.E.f,g.H.i=nothing'; separate",
                "patchable=a.B.c( | agent option 'patchable': key 'a.B.c('",
                "patchable=a..b | agent option 'patchable': key 'a..b'",
                "in=a b | agent option 'in': class pattern 'a b'",
                "policy=a.B.c | 'a.B.c' has no target; write KEY=TARGET",
                "policy=a.**=nothing | key 'a.**' has a wildcard; a policy names one method or field",
                "policy=a.B.c=nonsense | agent option 'policy': target 'nonsense'",
                "policy=a.B.c=nothing;a.B.c=default | has two targets, nothing and default; give it one",
                "report=a,report=b | agent option 'report': it is given twice",
            })
    void whatIsWrongIsNamedWithTheOption(String text, String message) {
        assertThatThrownBy(() -> Options.parse(text))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anUnknownOptionIsAnsweredWithAllThatThereAre() {
        assertThatThrownBy(() -> Options.parse("x=y"))
                .hasMessageContainingAll("patchable", "policy", "sites", "in", "exclude", "report", "classdump");
    }

    @Test
    void aPathIsTakenFromTheFolderInWhichTheJvmStarted() {
        assertThat(Options.parse("report=woven.txt").report())
                .isEqualTo(Path.of("woven.txt").toAbsolutePath());
    }

    private static KeyPattern key(String text) {
        return KeyPattern.parse(text);
    }

    @Test
    void betweenBackticksNothingDivides() {
        Options options =
                Options.parse("patchable=a.B.`x, patchable=(`(int);c.D.e,policy=a.B.`m=n, (`=c.D.`p q(`(int,int)"
                        + ";a.B.k=constant:it`s (;a.B.l=constant:`,in=a.`b, in=c`.**,report=/tmp/it`s,exclude=x.Y");

        assertThat(options.patchable()).containsExactly(key("a.B.`x, patchable=(`(int)"), key("c.D.e"));
        assertThat(options.policy())
                .extracting(Policy::toString)
                .containsExactly("a.B.`m=n, (`=c.D.`p q(`(int,int)", "a.B.k=constant:it`s (", "a.B.l=constant:`");
        assertThat(options.in()).containsExactly(ClassPattern.parse("a.`b, in=c`.**"));
        assertThat(options.report()).isEqualTo(Path.of("/tmp/it`s"));
        assertThat(options.exclude()).containsExactly(ClassPattern.parse("x.Y"));
    }

    @Test
    void theTypeOfAResultMayFollowAKeyAndATarget() {
        Options options = Options.parse("policy=a.B.c(int):int=a.D.e(int,int):java.lang.String,patchable=a.B.f():int");

        assertThat(options.policy())
                .extracting(Policy::toString)
                .containsExactly("a.B.c(int):int=a.D.e(int,int):java.lang.String");
        assertThat(options.patchable()).containsExactly(key("a.B.f():int"));
    }
}
