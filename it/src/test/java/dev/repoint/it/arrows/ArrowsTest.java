package dev.repoint.it.arrows;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.Annotation;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Signature;
import java.lang.classfile.attribute.PermittedSubclassesAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The checker finds what it is there to find: each test plants one reference in a class file of its own.
class ArrowsTest {

    private static final ClassDesc AGENT = ClassDesc.of("dev.repoint.agent.Agent");

    private static final String FOUND =
            "runtime: dev.repoint.link.Planted refers to dev.repoint.agent.Agent, which this room may not use";

    private static final Room RUNTIME =
            new Room("runtime", "", List.of("dev.repoint", "dev.repoint.link"), Optional.of(Set.of("java.base")));

    @Test
    void aSuperclassIsAReference() {
        assertThat(violations(planted -> planted.withSuperclass(AGENT))).containsExactly(FOUND);
    }

    @Test
    void theTypeOfAFieldIsAReference() {
        assertThat(violations(planted -> planted.withField("agent", AGENT.arrayType(), 0)))
                .containsExactly(FOUND);
    }

    @Test
    void aParameterIsAReference() {
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, AGENT);
        assertThat(violations(planted -> planted.withMethod("use", type, ClassFile.ACC_ABSTRACT, method -> {})))
                .containsExactly(FOUND);
    }

    @Test
    void aCallIsAReference() {
        assertThat(violations(planted -> planted.withMethodBody(
                        "use",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_STATIC,
                        code -> code.invokestatic(AGENT, "start", ConstantDescs.MTD_void)
                                .return_())))
                .containsExactly(FOUND);
    }

    @Test
    void anArrayOfAClassIsAReference() {
        assertThat(violations(planted -> planted.withMethodBody(
                        "use",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_STATIC,
                        code -> code.loadConstant(AGENT.arrayType(2)).pop().return_())))
                .containsExactly(FOUND);
    }

    @Test
    void aTypeArgumentIsAReference() {
        assertThat(violations(planted -> planted.withField(
                        "agents",
                        ConstantDescs.CD_List,
                        field -> field.with(SignatureAttribute.of(
                                Signature.parseFrom("Ljava/util/List<Ldev/repoint/agent/Agent;>;"))))))
                .containsExactly(FOUND);
    }

    @Test
    void anAnnotationIsAReference() {
        assertThat(violations(planted -> planted.with(RuntimeVisibleAnnotationsAttribute.of(Annotation.of(AGENT)))))
                .containsExactly(FOUND);
    }

    @Test
    void aModuleOfTheJdkThatTheRowDoesNotNameIsFound() {
        ClassDesc logger = ClassDesc.of("java.util.logging.Logger");
        assertThat(violations(planted -> planted.withField("log", logger, 0)))
                .containsExactly("runtime: dev.repoint.link.Planted refers to java.util.logging.Logger of java.logging,"
                        + " which this room may not use");
    }

    @Test
    void textThatLooksLikeADescriptorIsNoReference() {
        assertThat(violations(planted -> planted.withMethodBody(
                        "use",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_STATIC,
                        code -> code.loadConstant("Ldev/repoint/agent/Agent;")
                                .pop()
                                .return_())))
                .isEmpty();
    }

    @Test
    void aPackageBelowAnAllowedOneIsNotAllowed() {
        ClassDesc below = ClassDesc.of("dev.repoint.link.deep.Hidden");
        assertThat(violations(planted -> planted.withField("hidden", below, 0))).hasSize(1);
    }

    @Test
    void aPackageBelowIsAllowedWhereTheRowSaysSo() {
        Room room = new Room("any", "", List.of("dev.repoint.**"), Optional.empty());
        assertThat(Arrows.violations(room, List.of(planted("dev.repoint.link.Planted", AGENT))))
                .isEmpty();
    }

    @Test
    void packagesThatNeedEachOtherAreShownWithOneReferenceForEachArrow() {
        List<ClassModel> classes = List.of(
                planted("a.One", ClassDesc.of("b.Two")),
                planted("b.Two", ClassDesc.of("c.Three")),
                planted("c.Three", ClassDesc.of("a.One")),
                planted("d.Four", ClassDesc.of("a.One")));
        assertThat(PackageCycles.shortest(classes))
                .containsExactly("a.One refers to b.Two", "b.Two refers to c.Three", "c.Three refers to a.One");
        assertThat(PackageCycles.shortest(classes.subList(1, 4))).isEmpty();
    }

    @Test
    void filesThatNeedEachOtherAreFoundEachCycleOnce() {
        List<ClassModel> classes = List.of(
                planted("a.One", ClassDesc.of("a.Two$Nested")),
                planted("a.Two$Nested", ClassDesc.of("b.Three")),
                planted("b.Three", ClassDesc.of("a.One$Other")),
                planted("a.One$Other", ClassDesc.of("a.One")),
                planted("d.Four", ClassDesc.of("a.One")),
                planted("d.Five", ClassDesc.of("d.Six")),
                planted("d.Six", ClassDesc.of("d.Five")));
        assertThat(FileCycles.of(classes))
                .containsExactly(Set.of("a.One", "a.Two", "b.Three"), Set.of("d.Five", "d.Six"));
        assertThat(FileCycles.of(classes.subList(1, 6))).isEmpty();
    }

    @Test
    void aSealedClassNeedsThoseThatItPermitsOnlyWhereItsCodeUsesThem() {
        ClassDesc permitted = ClassDesc.of("a.Permitted");
        ClassModel below = planted("a.Permitted", ClassDesc.of("a.Sealed"));
        ClassModel listing =
                parse("a.Sealed", type -> type.with(PermittedSubclassesAttribute.ofSymbols(List.of(permitted))));
        ClassModel using = parse(
                "a.Sealed",
                type -> type.with(PermittedSubclassesAttribute.ofSymbols(List.of(permitted)))
                        .withField("used", permitted, 0));
        assertThat(FileCycles.of(List.of(listing, below))).isEmpty();
        assertThat(FileCycles.of(List.of(using, below))).containsExactly(Set.of("a.Permitted", "a.Sealed"));
    }

    private static ClassModel planted(String name, ClassDesc used) {
        return parse(name, planted -> planted.withField("used", used, 0));
    }

    private static List<String> violations(Consumer<ClassBuilder> plant) {
        return Arrows.violations(RUNTIME, List.of(parse("dev.repoint.link.Planted", plant)));
    }

    private static ClassModel parse(String name, Consumer<ClassBuilder> plant) {
        ClassFile classFile = ClassFile.of();
        return classFile.parse(classFile.build(ClassDesc.of(name), plant));
    }
}
