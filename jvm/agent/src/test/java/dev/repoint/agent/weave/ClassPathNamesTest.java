package dev.repoint.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathNamesTest {

    private static final long LONG_ENOUGH = Long.MAX_VALUE / 2;
    private static final byte[] EMPTY = {};

    @TempDir
    private Path folder;

    @Test
    void namesComeFromJarsAndFromTheLibrariesInside() throws IOException {
        byte[] library = zip(Map.of("lib/Price.class", EMPTY, "lib/text", EMPTY));
        Map<String, byte[]> boot = new LinkedHashMap<>();
        boot.put("BOOT-INF/classes/web/Service.class", EMPTY);
        boot.put("BOOT-INF/lib/price.jar", library);
        boot.put("org/loader/Launcher.class", EMPTY);
        Path bootJar = Files.write(folder.resolve("boot.jar"), zip(boot));
        Path war = Files.write(folder.resolve("shop.war"), zip(Map.of("WEB-INF/lib/price.jar", library)));

        assertThat(ClassPathNames.in(bootJar.toString(), name -> true, LONG_ENOUGH))
                .containsExactly("web.Service", "lib.Price", "org.loader.Launcher");
        assertThat(ClassPathNames.in(war.toString(), name -> true, LONG_ENOUGH)).containsExactly("lib.Price");
        assertThat(ClassPathNames.in(bootJar.toString(), "lib.Price"::equals, LONG_ENOUGH))
                .containsExactly("lib.Price");
    }

    @Test
    void whatCannotBeReadIsSkipped() throws IOException {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        broken.put("BOOT-INF/lib/text.jar", "no jar".getBytes());
        broken.put("web/Service.class", EMPTY);
        Path jar = Files.write(folder.resolve("broken.jar"), zip(broken));
        Path text = Files.writeString(folder.resolve("text"), "no jar");
        String classPath = String.join(
                File.pathSeparator,
                "",
                folder.toString(),
                text.toString(),
                folder.resolve("none.jar").toString(),
                "/dev/zero",
                jar.toString());

        assertThat(ClassPathNames.in(classPath, name -> true, LONG_ENOUGH)).containsExactly("web.Service");
    }

    @Test
    void theSearchEndsAtItsDeadline() throws IOException {
        Path jar = Files.write(folder.resolve("app.jar"), zip(Map.of("web/Service.class", EMPTY)));

        assertThat(ClassPathNames.in(jar.toString(), name -> true, 0)).isEmpty();
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
