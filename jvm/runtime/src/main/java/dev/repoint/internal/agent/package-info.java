/// What an agent tells the runtime, and does for it.
package dev.repoint.internal.agent;
