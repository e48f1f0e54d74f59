/// Events, the log, and the words of messages.
package dev.repoint.internal.report;
