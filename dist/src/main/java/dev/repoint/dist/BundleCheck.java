package dev.repoint.dist;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Checks a bundle against the [requirements of Maven Central](https://central.sonatype.org/publish/requirements/), and
/// against what we add to them: SHA-256 and SHA-512, a bill of materials and a module name for each jar, a complete BOM.
public final class BundleCheck {

    private static final List<String> METADATA = List.of("name", "description", "url", "licenses", "developers", "scm");
    private static final String DESCRIPTOR = "module-info.class";

    private final Map<String, byte[]> files;
    private final Map<Coordinates, Pom> poms =
            new TreeMap<>((a, b) -> a.folder().compareTo(b.folder()));
    private final List<String> findings = new ArrayList<>();

    private BundleCheck(Map<String, byte[]> files) {
        this.files = files;
    }

    /// Prints what is missing, and ends with 1 if anything is.
    ///
    /// @param arguments the bundle, and the public key of its signatures
    public static void main(String[] arguments) throws IOException {
        Map<String, byte[]> files = read(Path.of(arguments[0]));
        List<String> findings = new ArrayList<>(findings(files));
        findings.addAll(signatures(files, Path.of(arguments[1])));
        findings.forEach(each -> System.err.println("release: " + arguments[0] + ": " + each));
        if (!findings.isEmpty()) {
            System.exit(1);
        }
        long poms =
                files.keySet().stream().filter(name -> name.endsWith(".pom")).count();
        System.out.println(
                "the bundle has what Maven Central requires: " + poms + " artifacts, " + files.size() + " files");
    }

    /// The files of a bundle.
    static Map<String, byte[]> read(Path zip) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile bundle = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : bundle.stream().toList()) {
                files.put(entry.getName(), bundle.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }

    /// Signatures that are not those of their files.
    static List<String> signatures(Map<String, byte[]> files, Path key) throws IOException {
        List<String> findings = new ArrayList<>();
        try (Gpg gpg = Gpg.withKey(key)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                byte[] signature = files.get(each.getKey() + ".asc");
                if (signature != null && !gpg.verifies(signature, each.getValue())) {
                    findings.add(each.getKey() + ".asc is not its signature");
                }
            }
        }
        return findings;
    }

    /// All that is missing, apart from signatures that are there and wrong.
    ///
    /// @param files by their names
    /// @return a line for each
    static List<String> findings(Map<String, byte[]> files) {
        try {
            BundleCheck check = new BundleCheck(files);
            check.run();
            return check.findings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() throws IOException {
        for (String name : artifacts()) {
            Optional<Coordinates> at = Coordinates.of(name);
            if (at.isEmpty() || !name.startsWith(at.get().file(""))) {
                findings.add(name + " is not at its place: GROUP/ARTIFACT/VERSION/ARTIFACT-VERSION...");
                continue;
            }
            marks(name);
            if (!poms.containsKey(at.get())) {
                byte[] pom = files.get(at.get().file(".pom"));
                if (pom == null) {
                    findings.add(at.get().file(".pom") + " is missing");
                } else {
                    poms.put(at.get(), Pom.read(pom));
                }
            }
        }
        for (Map.Entry<Coordinates, Pom> each : poms.entrySet()) {
            identity(each.getKey(), each.getValue());
            metadata(each.getKey(), each.getValue());
            needs(each.getKey(), each.getValue());
            if (!each.getValue().packaging().equals("pom")) {
                jars(each.getKey(), each.getValue());
            }
        }
        versions();
    }

    /// The files that are neither checksums nor signatures.
    private Set<String> artifacts() {
        Set<String> names = new TreeSet<>(files.keySet());
        names.removeIf(name -> name.endsWith(".asc"));
        for (Checksum each : Checksum.values()) {
            names.removeIf(name -> name.endsWith(each.suffix()));
        }
        return names;
    }

    private void marks(String name) {
        byte[] content = files.getOrDefault(name, new byte[0]);
        if (content.length == 0) {
            findings.add(name + " is empty");
        }
        require(name + ".asc");
        for (Checksum each : Checksum.values()) {
            byte[] checksum = files.get(name + each.suffix());
            if (checksum == null) {
                findings.add(name + each.suffix() + " is missing");
            } else if (!new String(checksum, StandardCharsets.UTF_8).equals(each.of(content))) {
                findings.add(name + each.suffix() + " is not its checksum");
            }
        }
    }

    private void identity(Coordinates at, Pom pom) {
        String found = pom.inherited("groupId").orElse("") + ":"
                + pom.text("artifactId").orElse("") + ":"
                + pom.inherited("version").orElse("");
        String expected = at.group() + ":" + at.artifact() + ":" + at.version();
        if (!found.equals(expected)) {
            findings.add(at.file(".pom") + " is of " + found);
        }
        if (at.version().endsWith("-SNAPSHOT")) {
            findings.add(at.file(".pom") + " is no release");
        }
    }

    /// A parent in the bundle may give it.
    private void metadata(Coordinates at, Pom pom) {
        Pom parent = pom.text("parent", "artifactId")
                .map(name -> poms.get(new Coordinates(at.group(), name, at.version())))
                .orElse(null);
        for (String each : METADATA) {
            boolean isOwn = each.equals("name") || each.equals("description");
            if (pom.text(each).isEmpty()
                    && (isOwn || parent == null || parent.text(each).isEmpty())) {
                findings.add(at.file(".pom") + " has no <" + each + ">");
            }
        }
    }

    private void needs(Coordinates at, Pom pom) {
        List<Coordinates> needed = new ArrayList<>(pom.dependencies(at.group(), at.version()));
        pom.text("parent", "artifactId").ifPresent(name -> needed.add(new Coordinates(at.group(), name, at.version())));
        for (Coordinates each : needed) {
            if (!files.containsKey(each.file(".pom"))) {
                findings.add(at.file(".pom") + " needs " + each.artifact() + ", which is not in the bundle");
            }
        }
    }

    private void jars(Coordinates at, Pom pom) throws IOException {
        for (String rest : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
            require(at.file(rest));
        }
        byte[] jar = files.get(at.file(".jar"));
        if (jar != null && pom.packaging().equals("jar") && !hasModuleName(jar)) {
            findings.add(at.file(".jar") + " has neither a module descriptor nor Automatic-Module-Name");
        }
    }

    private static boolean hasModuleName(byte[] jar) throws IOException {
        try (JarInputStream entries = new JarInputStream(new ByteArrayInputStream(jar))) {
            if (entries.getManifest() != null
                    && entries.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null) {
                return true;
            }
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().equals(DESCRIPTOR)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// The BOM has the version of each jar.
    private void versions() {
        Set<String> managed = new TreeSet<>();
        boolean hasBom = false;
        for (Map.Entry<Coordinates, Pom> each : poms.entrySet()) {
            if (each.getKey().artifact().endsWith("-bom")) {
                hasBom = true;
                each.getValue().managed(each.getKey().group(), "").forEach(one -> managed.add(one.artifact()));
            }
        }
        if (!hasBom) {
            findings.add("there is no BOM");
            return;
        }
        for (Map.Entry<Coordinates, Pom> each : poms.entrySet()) {
            if (!each.getValue().packaging().equals("pom")
                    && !managed.contains(each.getKey().artifact())) {
                findings.add("the BOM has no version of " + each.getKey().artifact());
            }
        }
    }

    private void require(String name) {
        if (!files.containsKey(name)) {
            findings.add(name + " is missing");
        }
    }
}
