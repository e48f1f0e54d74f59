package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternTest {

    private static final Key UPDATE = new Key("com.acme.Crc", "update", "(I[BLjava/lang/String;)I");
    private static final Key NESTED = new Key("com.acme.Outer$Inner", "get", "(Ljava/util/Map$Entry;)Z");
    private static final Key VARARGS = new Key("com.acme.Log", "log", "([Ljava/lang/Object;)V");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Crc.update",
                "com.acme.Crc.update(int,byte[],java.lang.String)",
                "com.acme.Crc.update(int, byte[], String)",
                " com.acme.Crc.update( int ,byte[],String ) ",
                "com.acme.Crc.update(int,byte[],String):int",
                "com.acme.Crc.update(int,*,String)",
                "com.acme.Crc.up*",
                "com.acme.Crc.*",
                "com.acme.Crc.*date",
                "com.acme.Crc.u*d*e",
                "com.acme.C*.update",
                "com.acme.*.update",
                "com.*.Crc.update",
                "com.acme.**",
                "com.**",
                "com.**.update",
                "**.update",
                "**.Crc.update",
                "com.acme.Crc.**",
                "**.*",
                "**"
            })
    void matches(String pattern) {
        assertThat(KeyPattern.parse(pattern).matches(UPDATE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Flags.fast",
                "com.acme.Flags.fast:boolean",
                "com.acme.Flags.fast : boolean",
                "com.acme.Flags.fast:*",
                "com.acme.Flags.*:boolean",
                "com.acme.**:boolean",
                "com.acme.**:b*",
                "**:*"
            })
    void matchesAField(String pattern) {
        KeyPattern parsed = KeyPattern.parse(pattern);
        assertThat(parsed.matches(new Key("com.acme.Flags", "fast", "Z"))).isTrue();
        assertThat(parsed.matches(new Key("com.acme.Flags", "other", "I"))).isEqualTo(pattern.equals("**:*"));
        assertThat(parsed.matchesFieldName("fast")).isTrue();
        assertThat(parsed.mayMeanField()).isTrue();
        assertThat(parsed.isOfFields()).isEqualTo(pattern.contains(":"));
        assertThat(parsed.matches(new Key("com.acme.Flags", "fast", "()Z"))).isEqualTo(!pattern.contains(":"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Flags.fast()",
                "com.acme.Flags.fast():boolean",
                "com.acme.Flags.*",
                "com.acme.**",
                "**",
                "com.acme.Flags.fast:int",
                "com.acme.**:java.lang.Boolean"
            })
    void doesNotMatchAField(String pattern) {
        assertThat(KeyPattern.parse(pattern).matches(new Key("com.acme.Flags", "fast", "Z")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.Flags.fast:", "com.acme.Flags.fast::int", ":int"})
    void aTypeThatIsMissingIsRefused(String pattern) {
        assertThatExceptionOfType(SyntaxException.class).isThrownBy(() -> KeyPattern.parse(pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Crc.updat",
                "com.acme.Crc.updates",
                "com.acme.Cr.update",
                "com.acme.Crc.update()",
                "com.acme.Crc.update(int)",
                "com.acme.Crc.update(int,byte[],int)",
                "com.acme.Crc.update(int,byte,String)",
                "com.acme.Crc.update(int,byte[],String):long",
                "com.acme.Crc.update(int,byte[],lang.String)",
                "com.*.update",
                "*.update",
                "com.acme.*",
                "com.acme.*.get",
                "org.**",
                "com.acme.Crc32.**",
                "acme.Crc.update",
                "**.Crc2.update"
            })
    void doesNotMatch(String pattern) {
        assertThat(KeyPattern.parse(pattern).matches(UPDATE)).isFalse();
    }

    @Test
    void aNestedClassIsWrittenWithItsDollarSign() {
        assertThat(KeyPattern.parse("com.acme.Outer$Inner.get").matches(NESTED)).isTrue();
        assertThat(KeyPattern.parse("com.acme.Outer$*.get").matches(NESTED)).isTrue();
        assertThat(KeyPattern.parse("com.acme.Outer.Inner.get").matches(NESTED))
                .as("as a source has it, without types")
                .isTrue();
        assertThat(KeyPattern.parse("com.acme.Outer.Inner.get()").matches(NESTED))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.Map$Entry", "Map$Entry", "Entry"})
    void aNestedParameterTypeMayBeWrittenByItsSimpleName(String type) {
        assertThat(KeyPattern.parse("com.acme.Outer$Inner.get(" + type + ")").matches(NESTED))
                .isTrue();
    }

    @Test
    void varargsMayBeWrittenAsInTheSource() {
        assertThat(KeyPattern.parse("com.acme.Log.log(Object...)").matches(VARARGS))
                .isTrue();
        assertThat(KeyPattern.parse("com.acme.Log.log(java.lang.Object[])").matches(VARARGS))
                .isTrue();
    }

    @Test
    void theReturnTypeTellsAMethodFromItsBridge() {
        Key method = new Key("A", "get", "()Ljava/lang/String;");
        Key bridge = new Key("A", "get", "()Ljava/lang/Object;");

        assertThat(KeyPattern.parse("A.get():String").matches(method)).isTrue();
        assertThat(KeyPattern.parse("A.get():String").matches(bridge)).isFalse();
        assertThat(KeyPattern.parse("A.get()").matches(bridge)).isTrue();
    }

    @Test
    void aClassOfTheDefaultPackageHasAKey() {
        assertThat(KeyPattern.parse("Crc.update").matches(new Key("Crc", "update", "()V")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Crc.update,     com.acme.Crc, true",
        "com.acme.Crc.update,     com.acme.Crc2, false",
        "com.acme.**,             com.acme.Crc, true",
        "com.acme.**,             com.acme.sub.Crc, true",
        "com.acme.**,             com.acmes.Crc, false",
        "com.acme.Crc.**,         com.acme.Crc, true",
        "com.acme.*.update,       com.acme.Crc, true",
        "com.acme.*.update,       com.acme.sub.Crc, false",
        "**.update,               com.acme.Crc, true",
        "**,                      Crc, true"
    })
    void anOwnerIsAskedForBeforeAnyMethodIs(String pattern, String owner, boolean matches) {
        assertThat(KeyPattern.parse(pattern).matchesOwner(owner)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Crc.update, update, true",
        "com.acme.Crc.update, reset, false",
        "com.acme.Crc.get*, getValue, true",
        "com.acme.**, reset, true"
    })
    void aMethodNameIsAskedForBeforeAnyClassIs(String pattern, String name, boolean matches) {
        assertThat(KeyPattern.parse(pattern).matchesMethodName(name)).isEqualTo(matches);
    }

    @Test
    void onlyAPatternWithoutWildcardIsExact() {
        KeyPattern exact = KeyPattern.parse("com.acme.Crc.update(int,*)");
        assertThat(exact.isExact()).isTrue();
        assertThat(exact.owner()).isEqualTo("com.acme.Crc");
        assertThat(exact.name()).isEqualTo("update");
        assertThat(KeyPattern.parse("com.acme.Crc.up*").isExact()).isFalse();
        assertThat(KeyPattern.parse("com.acme.**").isExact()).isFalse();
    }

    @Test
    void theTextIsKept() {
        KeyPattern pattern = KeyPattern.parse("  com.acme.Crc.update(int) ");
        assertThat(pattern.text()).isEqualTo("com.acme.Crc.update(int)");
        assertThat(pattern).hasToString(pattern.text());
        assertThat(pattern).isEqualTo(KeyPattern.parse("com.acme.Crc.update(int)"));
        assertThat(pattern).hasSameHashCodeAs(KeyPattern.parse("com.acme.Crc.update(int)"));
        assertThat(pattern).isNotEqualTo(KeyPattern.parse("com.acme.Crc.update"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"                       | is empty",
                "\"(int)\"                  | is empty",
                "update                     | has no class",
                "*                          | has no class",
                "com.acme.Crc.              | empty part",
                ".Crc.update                | empty part",
                "com..Crc.update            | empty part",
                "com.acme.Crc.update(int    | parentheses",
                "com.acme.Crc.update)       | parentheses",
                "com.acme.Crc.update)int(   | parentheses",
                "com.acme.Crc.update(int)x  | found 'x'",
                "com.acme.Crc.update(int):  | found ':'",
                "com.acme.Crc.update(int,)  | empty parameter type",
                "com.acme.Crc.update(,)     | empty parameter type",
                "com/acme/Crc.update        | '/' at column 4",
                "com.acme.Crc#update        | '#' at column 13",
                "com.acme. Crc.update       | ' ' at column 10",
                "com.acme.Crc.up**          | stands alone"
            })
    void aMalformedKeyIsRefusedWithThePlaceAndTheForm(String text, String reason) {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> KeyPattern.parse(text))
                .withMessageContaining("'" + text.strip() + "'")
                .withMessageContaining(reason)
                .withMessageContaining("write com.acme.Crc.update");
    }

    @Test
    void aPatternWithoutTypesMeansWhatTheSourceOfAnotherLanguageHas() {
        assertSource("shop.total", "shop.ShopKt", "total-Uzfk154");
        assertSource("shop.total", "shop.ShopKt", "total");
        assertSource("shop.Till.open", "shop.Till$Companion", "open");
        assertSource("shop.Till.Companion.open", "shop.Till$Companion", "open");
        assertSource("shop.Till.open", "shop.Till", "open$shop_main");
        assertSource("shop.Price.doubled", "shop.Price", "doubled-impl");
        assertSource("bazaar.Till.open", "bazaar.Till$", "open");
        assertSource("bazaar.Outer.Inner.deep", "bazaar.Outer$Inner$", "deep");
        assertSource("bazaar.top", "bazaar.Shop$package$", "top");
        assertSource("bazaar.Money.+", "bazaar.Money", "$plus");
        assertSource("bazaar.Money.`with space`", "bazaar.Money", "with$u0020space");
        assertSource("bazaar.Money.`*`", "bazaar.Money", "$times");
    }

    private static void assertSource(String pattern, String owner, String name) {
        KeyPattern parsed = KeyPattern.parse(pattern);
        assertThat(parsed.matches(new Key(owner, name, "(I)I"))).as(pattern).isTrue();
        assertThat(parsed.matchesOwner(owner)).as(pattern).isTrue();
        assertThat(parsed.matchesMethodName(name)).as(pattern).isTrue();
        assertThat(parsed.isSpelledAs(new Key(owner, name, "(I)I"))).as(pattern).isFalse();
        assertThat(KeyPattern.parse(pattern + "(int)").matches(new Key(owner, name, "(I)I")))
                .as("with types")
                .isFalse();
    }

    @Test
    void whatACompilerAddsToAFunctionIsNotTheFunction() {
        for (String name : List.of(
                "open$default", "open$lambda$0", "open$annotations", "open$suspendImpl", "open$1", "open$", "opened")) {
            assertThat(KeyPattern.parse("shop.Till.open").matches(new Key("shop.Till", name, "(I)I")))
                    .as(name)
                    .isFalse();
        }
        for (String owner : List.of("shop.Tills", "shop.Till$Inner", "shop.Till$Companion$1", "shop.deep.TillKt")) {
            assertThat(KeyPattern.parse("shop.Till.open").matches(new Key(owner, "open", "(I)I")))
                    .as(owner)
                    .isFalse();
        }
        assertThat(KeyPattern.parse("shop.top").matches(new Key("shop.deep.ShopKt", "top", "()V")))
                .isFalse();
    }
}
