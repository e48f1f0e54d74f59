/// What linking needs of the JDK, computed from the class files of the JDK that runs. Reads class files and
/// loads none.
@NullMarked
package dev.repoint.agent.reach;

import org.jspecify.annotations.NullMarked;
