/// A hole that everybody knows, closed in a program that runs.
package dev.repoint.it.log4shell;
