package dev.repoint.weaver.outline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.weaver.weave.Throwaway;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Resolution, compared with what the Java virtual machine does for the same names.
class HierarchyTest {

    interface Top {
        default String m() {
            return "top";
        }

        static void s() {}
    }

    interface Left extends Top {
        @Override
        default String m() {
            return "left";
        }
    }

    interface Right extends Top {}

    abstract static class Both implements Right, Left {}

    abstract static class Derived extends Both {
        int field;
    }

    interface Plain {}

    private static final String OUTER = "dev/repoint/weaver/outline/HierarchyTest$";

    @Test
    void anInheritedMethodIsThatOfTheNearestSuperclass() {
        assertThat(hierarchy()
                        .method("java/util/ArrayList", "containsAll", "(Ljava/util/Collection;)Z", false)
                        .owner())
                .isEqualTo("java/util/AbstractCollection");
        assertThat(hierarchy()
                        .method("java/util/ArrayList", "hashCode", "()I", false)
                        .owner())
                .isEqualTo("java/util/ArrayList");
    }

    @Test
    void theMostSpecificOfTheSuperinterfacesWins() {
        assertThat(hierarchy()
                        .method(OUTER + "Derived", "m", "()Ljava/lang/String;", false)
                        .owner())
                .isEqualTo(OUTER + "Left");
        assertThat(hierarchy()
                        .method(OUTER + "Right", "m", "()Ljava/lang/String;", true)
                        .owner())
                .isEqualTo(OUTER + "Top");
    }

    @Test
    void staticMethodsOfInterfacesAreNotInherited() {
        assertThat(hierarchy().method(OUTER + "Right", "s", "()V", true).isFound())
                .isFalse();
        assertThat(hierarchy().method(OUTER + "Top", "s", "()V", true).isStatic())
                .isTrue();
    }

    @Test
    void interfacesHaveTheMethodsOfObject() {
        assertThat(hierarchy().method(OUTER + "Plain", "hashCode", "()I", true).owner())
                .isEqualTo("java/lang/Object");
    }

    @Test
    void aClassThatIsNotFoundIsTakenAtItsName() {
        Member member = hierarchy().method("com/absent/Gone", "m", "()V", false);

        assertThat(member.owner()).isEqualTo("com/absent/Gone");
        assertThat(member.isFound()).isFalse();
    }

    @Test
    void fieldsAreFoundInSuperclassesAndInterfaces() {
        assertThat(hierarchy().field(OUTER + "Derived", "field", "I").owner()).isEqualTo(OUTER + "Derived");
        assertThat(hierarchy().field("java/util/ArrayList", "modCount", "I"))
                .isEqualTo(new Member("java/util/AbstractList", 4 /* protected */ | 128 /* transient */));
    }

    @Test
    void protectedMembersOfOtherPackagesAreKnown() {
        Member modCount = hierarchy().field("java/util/ArrayList", "modCount", "I");

        assertThat(modCount.isProtectedFor("com/acme/Calls")).isTrue();
        assertThat(modCount.isProtectedFor("java/util/Other")).isFalse();
    }

    @Test
    void aClassThatIsItsOwnSuperclassEndsTheSearch() {
        Outline loop = new Outline(
                "com/acme/Loop",
                "com/acme/Loop",
                java.util.List.of(),
                false,
                java.util.Map.of(),
                java.util.Map.of(),
                java.util.Map.of());
        Hierarchy hierarchy = new Hierarchy(loop, new Outlines(Throwaway::bytesOf));

        assertThat(hierarchy.method("com/acme/Loop", "m", "()V", false).isFound())
                .isFalse();
        assertThat(hierarchy.knowsSuperclasses()).isFalse();
    }

    @Test
    void everyClassIsParsedOnce() {
        java.util.List<String> asked = new ArrayList<>();
        Outlines outlines = new Outlines(name -> {
            asked.add(name);
            return Throwaway.bytesOf(name);
        });

        for (int i = 0; i < 3; i++) {
            outlines.find(AbstractList.class.getName().replace('.', '/'));
            outlines.find("com/absent/Gone");
        }

        assertThat(asked).containsExactly("java/util/AbstractList", "com/absent/Gone");
        assertThat(Set.copyOf(asked)).hasSize(2);
    }

    private static Hierarchy hierarchy() {
        RawPool self = RawPool.read(Throwaway.bytesOf(HierarchyTest.class), new Needles());
        return new Hierarchy(Outline.of(self.view()), new Outlines(Throwaway::bytesOf));
    }
}
