/// The agent: options in, weaver and runtime out.
///
/// [Agent] is what the JVM starts. It makes the runtime visible and starts [RunningAgent], which holds
/// everything else: what is to be woven ([Plan]), what was ([Ledger]), the class file transformer
/// ([Transformer]), and the answers to requests from outside ([Requests]). Code that runs at start-up does
/// without lambdas, streams and string concatenation where nothing is wrong: the first use of each costs a
/// program milliseconds.
@NullMarked
package dev.repoint.agent;

import org.jspecify.annotations.NullMarked;
