package dev.repoint.agent.weave;

/// A selected method, field or class that was not woven.
///
/// @param subject a key, or the name of a class
/// @param reason one line
record Refusal(String subject, String reason) {}
