package dev.repoint.demo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A piece of a file as the service handles it: its blocks and its SHA-256 digest, each with the text that it
/// has to become.
///
/// @param parts the bytes to write as text
/// @param texts what they have to become, in the same order
record Document(List<byte[]> parts, List<String> texts) {

    /// The bytes of a block.
    static final int BLOCK = 1024;

    /// Cuts a document into its parts.
    ///
    /// @param content its bytes
    static Document of(byte[] content) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(digest(content));
        for (int at = 0; at < content.length; at += BLOCK) {
            parts.add(Arrays.copyOfRange(content, at, Math.min(at + BLOCK, content.length)));
        }
        return new Document(
                List.copyOf(parts), parts.stream().map(Expected::hex).toList());
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
