package dev.repoint.agent.weave;

/// Something that was asked for and could not be woven.
///
/// @param subject a key, or the name of a class
/// @param reason one line
record Refusal(String subject, String reason) {}
