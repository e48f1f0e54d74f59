package dev.repoint.weaver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.KeySyntax;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import dev.repoint.weaver.table.TableWriter;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that no Java compiler writes.
class OddNamesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space, and (",
                "a=b",
                "a:b",
                "#a",
                "a*",
                "größe",
                "a`b",
                "a\\b",
                "a\nb",
                "-a",
                "1",
                "a)b",
                "constant:1",
                "=constant:"
            })
    void whatIsPrintedIsUnderstood(String name) throws IOException {
        String owner = "odd pkg.Cl(ass";
        Path jar = new TestJar()
                .with("odd pkg/Cl(ass.class", Generated.returning(owner, "java.lang.Object", 1, name, name + "x"))
                .write(folder.resolve("app.jar"));
        Path woven = folder.resolve("woven.jar");

        ScanResult all = TestJar.scan(TestJar.patchable("**"), jar);
        String text = new Key(owner, name, "()I").text();
        assertThat(all.table().keyTexts()).contains(text);
        ScanResult one = TestJar.scan(Selection.ofPatchable(List.of(KeyPattern.parse(text))), jar);
        assertThat(one.table().keyTexts()).containsExactly(text);
        try (Archive archive = Archive.open(jar)) {
            archive.patch(
                    List.of(Policy.parse(
                            text + "=" + KeySyntax.quotedClass(owner) + "." + KeySyntax.quoted(name + "x"))),
                    woven,
                    false);
        }
        try (Archive archive = Archive.open(woven)) {
            Table table = archive.table().orElseThrow();
            assertThat(table.keyTexts()).containsExactly(text);
            assertThat(TableReader.read(TableWriter.write(table), "table")).isEqualTo(table);
            Decision decision = archive.decisions().getFirst();
            assertThat(decision.key().matches(new Key(owner, name, "()I"))).isTrue();
            assertThat(decision.target())
                    .isEqualTo(new Key(owner, name + "x", "()I").text().replace("()", ""));
        }
    }

    @Test
    void methodsThatDifferInTheirResultAreToldApartByIt() throws IOException {
        byte[] type = ClassFile.of()
                .build(
                        ClassDesc.of("o.a"),
                        each -> each.withMethodBody(
                                        "a",
                                        MethodTypeDesc.of(ConstantDescs.CD_int),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.loadConstant(1).ireturn())
                                .withMethodBody(
                                        "a",
                                        MethodTypeDesc.of(ConstantDescs.CD_long),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.loadConstant(1L).lreturn())
                                .withMethodBody(
                                        "c",
                                        MethodTypeDesc.of(ConstantDescs.CD_int),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.loadConstant(3).ireturn()));
        Path jar = new TestJar().with("o/a.class", type).write(folder.resolve("app.jar"));

        assertThat(TestJar.scan(TestJar.patchable("o.a.a"), jar).table().keyTexts())
                .containsExactly("o.a.a():int", "o.a.a():long");
        WeaveSummary summary = TestJar.weave(TestJar.patchable("o.a.a():long"), jar, folder.resolve("woven.jar"));
        assertThat(summary.entries())
                .extracting(each -> each.key().descriptor())
                .containsExactly("()J");
        try (Archive archive = Archive.open(jar)) {
            assertThatThrownBy(() -> archive.patch(List.of(Policy.parse("o.a.a():int=o.a.b():int")), null, false))
                    .isInstanceOf(WeaveException.class)
                    .hasMessageContaining("o.a.b():int");
            archive.patch(List.of(Policy.parse("o.a.a():int=o.a.c():int")), null, false);
        }
    }
}
