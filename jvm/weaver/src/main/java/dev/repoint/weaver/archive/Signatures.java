package dev.repoint.weaver.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The signature of a jar: files in `META-INF`, and digests in the sections of its manifest (JAR specification,
/// "Signed JAR File").
final class Signatures {

    /// The entry of the manifest.
    static final String MANIFEST = "META-INF/MANIFEST.MF";

    private static final Pattern FILE = Pattern.compile("META-INF/(?:SIG-[^/]*|[^/]*\\.(?:SF|RSA|DSA|EC))");
    private static final Pattern SECTION_END = Pattern.compile("(?<=\\r\\n\\r\\n|(?<!\\r)\\n\\n|\\r\\r)");
    private static final Pattern LINE = Pattern.compile(
            "[^\\r\\n]+(?:\\r\\n|\\n|\\r|$)(?: [^\\r\\n]*(?:\\r\\n|\\n|\\r|$))*"); // with what continues it

    private Signatures() {}

    /// The entries that belong to signatures.
    static List<String> among(List<String> names) {
        return names.stream()
                .filter(name -> FILE.matcher(name.toUpperCase(Locale.ROOT)).matches())
                .toList();
    }

    /// A manifest without the digests of its sections. All other attributes stay unchanged, byte for byte. A section
    /// without other attributes is removed.
    static byte[] withoutDigests(byte[] manifest) {
        String text = new String(manifest, StandardCharsets.ISO_8859_1);
        StringBuilder kept = new StringBuilder();
        boolean main = true;
        for (String section : SECTION_END.split(text)) {
            kept.append(main ? section : withoutDigests(section));
            main = false;
        }
        return kept.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String withoutDigests(String section) {
        List<String> lines =
                LINE.matcher(section).results().map(match -> match.group()).toList();
        List<String> kept = lines.stream().filter(line -> !isDigest(line)).toList();
        if (kept.size() == lines.size()) {
            return section;
        }
        if (kept.stream().allMatch(line -> headerOf(line).equals("NAME"))) {
            return "";
        }
        return String.join("", kept) + section.substring(lengthOf(lines));
    }

    private static int lengthOf(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum();
    }

    private static boolean isDigest(String line) {
        String header = headerOf(line);
        return header.endsWith("-DIGEST") || header.contains("-DIGEST-") || header.equals("MAGIC");
    }

    private static String headerOf(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).toUpperCase(Locale.ROOT);
    }
}
