/// The agent: options in, weaver and runtime out.
///
/// The JVM starts [Agent]. It makes the runtime visible and starts [RunningAgent], which connects everything else.
///
/// | package | holds | refers to |
/// | --- | --- | --- |
/// | `agent` | the agent's life: start, control socket, requests, secondary agents | all below |
/// | `patch` | from keys to targets | `weave`, `runtime`, `options`, `control` |
/// | `weave` | class file transformation, and what it has done | `runtime`, `options`, `reach` |
/// | `reach` | the methods of the JDK that linking needs | |
/// | `runtime` | the runtimes of the JVM, and who sees them | |
/// | `options` | the text behind `-javaagent` | |
/// | `control` | the protocol between the agent and the command line | |
///
/// Code that runs at start-up does without lambdas, streams and string concatenation where nothing is wrong: the
/// first use of each costs a program milliseconds.
@NullMarked
package dev.repoint.agent;

import org.jspecify.annotations.NullMarked;
