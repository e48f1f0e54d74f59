package dev.repoint.dist;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// The checksums that lie beside each file of a bundle. Maven Central requires the first two.
enum Checksum {
    MD5("MD5"),
    SHA1("SHA-1"),
    SHA256("SHA-256"),
    SHA512("SHA-512");

    private final String algorithm;

    Checksum(String algorithm) {
        this.algorithm = algorithm;
    }

    /// What its file has behind the name of the file: `.sha1`.
    String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /// The checksum, in hexadecimal digits.
    String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
