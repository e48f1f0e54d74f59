/// A bean with the patchables, for programs that manage themselves by JMX. Needs the module `java.management`.
package dev.repoint.jmx;
