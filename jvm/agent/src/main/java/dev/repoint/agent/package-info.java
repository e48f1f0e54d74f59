/// The agent: it connects its options, the weaver and the runtime.
///
/// The JVM starts the launcher `Agent`, and the launcher starts [AgentStart]. [VisibleStart] makes the runtime visible and
/// starts [RunningAgent], which connects everything else.
///
/// | package | content | refers to |
/// | --- | --- | --- |
/// | `agent` | the agent's life: start, control socket, requests, secondary agents | all below |
/// | `patch` | from keys to targets | `weave`, `runtime`, `options`, `control` |
/// | `weave` | class file transformation, and its log | `runtime`, `options`, `reach` |
/// | `reach` | the methods of the JDK that linking needs | |
/// | `runtime` | the runtimes of the JVM, and the class loaders that find them | |
/// | `options` | the text after `-javaagent` | |
/// | `control` | the protocol between the agent and the command line | |
///
/// In the normal case, code at start-up uses no lambdas, streams or string concatenation: the first use of each
/// takes milliseconds.
@NullMarked
package dev.repoint.agent;

import org.jspecify.annotations.NullMarked;
