package dev.repoint.internal.report;

/// What a patch did to one patchable, for reports.
///
/// @param key which one
/// @param from where it led
/// @param to where it leads
/// @param links how many places had linked to it
public record ChangeRecord(String key, String from, String to, int links) {}
