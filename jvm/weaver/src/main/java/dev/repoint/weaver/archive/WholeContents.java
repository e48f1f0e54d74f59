package dev.repoint.weaver.archive;

/// A complete file in one of the three formats.
sealed interface WholeContents extends Contents
        permits JarContents, ApplicationContents, DirectoryContents, SingleClass {}
