package dev.repoint.weaver.archive;

/// A file as it is, of one of the three formats.
sealed interface WholeContents extends Contents
        permits JarContents, ApplicationContents, DirectoryContents, SingleClass {}
