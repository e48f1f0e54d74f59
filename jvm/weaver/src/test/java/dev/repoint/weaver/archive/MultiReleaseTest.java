package dev.repoint.weaver.archive;

import static dev.repoint.weaver.archive.TestJar.content;
import static dev.repoint.weaver.archive.TestJar.patchable;
import static dev.repoint.weaver.archive.TestJar.scan;
import static dev.repoint.weaver.archive.TestJar.sites;
import static dev.repoint.weaver.archive.TestJar.weave;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiReleaseTest {

    private static final byte[] CHILD = Generated.returning("p.Child", "p.Parent", 0);
    private static final byte[] CALL = Generated.calling("p.User", "p.Child", "m");

    @TempDir
    Path folder;

    private static TestJar versions(TestJar jar) {
        return jar.with("p/Grand.class", Generated.returning("p.Grand", "java.lang.Object", 1, "m"))
                .with("p/Parent.class", Generated.returning("p.Parent", "p.Grand", 2, "m"))
                .with("p/Child.class", CHILD)
                .with("p/User.class", CALL)
                .with("META-INF/versions/11/p/Parent.class", Generated.returning("p.Parent", "p.Grand", 3))
                .with("META-INF/versions/11/p/User.class", CALL)
                .with("META-INF/versions/9/p/User.class", CALL);
    }

    @Test
    void everyVersionIsWoven() throws IOException {
        Path jar = versions(new TestJar().multiRelease()).write(folder.resolve("app.jar"));
        Path out = folder.resolve("out.jar");

        WeaveSummary summary = weave(patchable("p.User.run"), jar, out);

        assertThat(summary.woven()).isEqualTo(3);
        for (String name : new String[] {"", "META-INF/versions/9/", "META-INF/versions/11/"}) {
            assertThat(content(out, name + "p/User.class")).isNotEqualTo(CALL);
        }
    }

    @Test
    void aVersionSeesItsOwnAndEarlierClasses() throws IOException {
        Path jar = versions(new TestJar().multiRelease()).write(folder.resolve("app.jar"));

        assertThat(scan(sites("p.Parent.m"), jar).table().siteCount()).isEqualTo(2); // the base, and 9
        assertThat(scan(sites("p.Grand.m"), jar).table().siteCount()).isEqualTo(1); // 11
    }

    @Test
    void classesInAFolderOfTheJarSeeThoseBesideThemFirst() throws IOException {
        Path jar = new TestJar()
                .with("BOOT-INF/classes/p/Child.class", CHILD)
                .with("BOOT-INF/classes/p/User.class", CALL)
                .with("BOOT-INF/classes/p/Parent.class", Generated.returning("p.Parent", "java.lang.Object", 2, "m"))
                .write(folder.resolve("app.jar"));

        assertThat(scan(patchable("p.Parent.m"), jar).table().siteCount()).isEqualTo(1);
    }

    @Test
    void whatIsPatchableInOneVersionOnlyIsHeldToTheWeaker() throws IOException {
        byte[] old = dev.repoint.weaver.archive.Generated.returning("p.A", "java.lang.Object", 1, "m");
        old[7] = 50; // the major version
        Path jar = new TestJar()
                .multiRelease()
                .with("p/A.class", old)
                .with("META-INF/versions/9/p/A.class", Generated.returning("p.A", "java.lang.Object", 1, "m"))
                .write(folder.resolve("app.jar"));

        assertThat(scan(patchable("p.A.m"), jar).table().rows()).singleElement().satisfies(row -> {
            assertThat(row.safety()).isEqualTo(dev.repoint.weaver.Safety.SITES);
            assertThat(row.reason()).contains("version 50");
        });
    }
}
