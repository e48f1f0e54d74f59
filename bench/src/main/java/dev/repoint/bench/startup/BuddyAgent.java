package dev.repoint.bench.startup;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/// An agent on Byte Buddy that instruments one method of one class, as its documentation shows it: advice at
/// the entry, which replaces the result of the method if a field says so.
public final class BuddyAgent {

    private BuddyAgent() {}

    /// Called by the JVM.
    ///
    /// @param options not used
    /// @param instrumentation the JVM's
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .type(ElementMatchers.named("dev.repoint.bench.startup.Hello"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Entry.class).on(ElementMatchers.named("greeting"))))
                .installOn(instrumentation);
    }

    /// The advice.
    public static final class Entry {

        private Entry() {}

        /// Inlined by Byte Buddy before the body.
        ///
        /// @return true to skip the body
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        public static boolean enter() {
            return Boolean.getBoolean("dev.repoint.bench.skip");
        }
    }
}
