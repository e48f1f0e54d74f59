/// The protocol between a running agent and the command line: its records, its frames, and the client.
///
/// The client, [RunningJvm], needs the module `jdk.attach`. Everything else needs only `java.base`.
@NullMarked
package dev.repoint.agent.control;

import org.jspecify.annotations.NullMarked;
