/// Computes the methods of the JDK that linking needs, from the class files of the running JDK. Loads no classes.
@NullMarked
package dev.repoint.agent.reach;

import org.jspecify.annotations.NullMarked;
