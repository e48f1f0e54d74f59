/// The table of the design's JVM half: every row a program that is run plain and woven, and compared.
package dev.repoint.it.table;
