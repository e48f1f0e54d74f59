package dev.repoint.agent;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.PatchableState;
import dev.repoint.Repoint;
import dev.repoint.SafeText;
import dev.repoint.SyntaxException;
import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.options.Options;
import dev.repoint.agent.patch.AgentPolicyHost;
import dev.repoint.agent.patch.FieldPreparation;
import dev.repoint.agent.patch.KnownPatchables;
import dev.repoint.agent.patch.MethodPreparation;
import dev.repoint.agent.patch.PatchEngine;
import dev.repoint.agent.patch.Policies;
import dev.repoint.agent.patch.TargetLoaders;
import dev.repoint.agent.runtime.ModuleAccess;
import dev.repoint.agent.runtime.RuntimeVisibility;
import dev.repoint.agent.weave.ClassDump;
import dev.repoint.agent.weave.DirectCalls;
import dev.repoint.agent.weave.JdkExclusions;
import dev.repoint.agent.weave.JvmClassFiles;
import dev.repoint.agent.weave.LoadedClasses;
import dev.repoint.agent.weave.NestedLibrary;
import dev.repoint.agent.weave.Report;
import dev.repoint.agent.weave.Retransformer;
import dev.repoint.agent.weave.Transformer;
import dev.repoint.agent.weave.UnmatchedPatterns;
import dev.repoint.agent.weave.WeaveLog;
import dev.repoint.agent.weave.WeavePlan;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.policy.PolicySettings;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.weave.InPlaceChoice;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// The agent of this JVM. There is only one, even if the JVM loads it several times.
///
/// Thread-safe. What runs when a program starts has no lambdas, streams or patterns of a `switch`: in a JVM that has just
/// started, the first ones cost as much as all the rest of the agent.
public final class RunningAgent implements SharedOptions {

    private static final long SOCKET_DELAY_NANOS = 1_000_000_000;

    /// Guarded by the class.
    private static @Nullable RunningAgent running;

    private final WeavePlan plan;
    private final WeaveLog weaveLog = new WeaveLog();
    private final UnmatchedPatterns unmatched = new UnmatchedPatterns();
    private final ModuleAccess access;
    private final Transformer transformer;
    private final Retransformer retransformer;
    private final LoadedClasses classes;
    private final Policies policies;
    private final TargetLoaders loaders = new TargetLoaders();
    /// Null in a secondary agent.
    private final @Nullable SecondaryAgents secondaries;
    private final RuntimeVisibility visibility = new RuntimeVisibility();
    private final SecondaryAgents others;
    private final Instrumentation instrumentation;
    private volatile @Nullable Path reportFile;
    private volatile @Nullable DirectCalls direct;
    /// Guarded by itself.
    private final Object commandsLock = new Object();
    /// Guarded by [#commandsLock].
    private @Nullable Commands commands;

    /// Guarded by this.
    private @Nullable ControlServer server;

    /// Guarded by this.
    private boolean ended;

    /// The view of the primary agent on this secondary agent. The primary agent refers to it weakly.
    private @Nullable SecondaryAgent secondary;

    private RunningAgent(
            Instrumentation instrumentation,
            MethodHandles.Lookup classPath,
            @Nullable JarFile jar,
            boolean isSecondary) {
        this.instrumentation = instrumentation;
        if (jar != null && Runtime.version().feature() < InPlaceChoice.FIRST_WITH_LIBRARY) {
            NestedLibrary.supply(jar);
        }
        others = new SecondaryAgents(instrumentation, classPath, isSecondary ? null : jar, visibility, this);
        secondaries = isSecondary ? null : others;
        plan = new WeavePlan(new JdkExclusions(instrumentation));
        access = new ModuleAccess(instrumentation, classPath);
        transformer = new Transformer(plan, weaveLog, unmatched, access, visibility, secondaries);
        retransformer = new Retransformer(instrumentation, transformer, weaveLog);
        classes = new LoadedClasses(
                instrumentation,
                plan,
                weaveLog,
                retransformer,
                transformer.classFiles(),
                new OwnLoaders(visibility, isSecondary));
        policies = new Policies(classes, access, loaders, unmatched);
    }

    /// What only commands and changes from outside need. A program that has just started needs none of it.
    private static final class Commands {

        private final PatchEngine patches;
        private final RequestHandler requests;
        private final MissingRuntimes missingRuntimes;
        private final RequestRouter router;

        Commands(RunningAgent of) {
            MethodPreparation methods = new MethodPreparation(
                    of.plan, of.retransformer, of.classes, of.access, of.transformer.classFiles());
            FieldPreparation fields = new FieldPreparation(of.plan, of.classes, of.access);
            patches = new PatchEngine(methods, fields, of.policies, of.classes, of.access, of.loaders);
            KnownPatchables known = new KnownPatchables(of.weaveLog, of.policies);
            requests = new RequestHandler(patches, known, of.classes, of.report(), of);
            missingRuntimes = new MissingRuntimes(of.instrumentation, of.visibility, of.others);
            router = new RequestRouter(requests, of.others, missingRuntimes, of.plan, patches);
        }

        void know(DirectCalls calls) {
            requests.know(calls);
            patches.know(calls);
        }
    }

    private Commands commands() {
        synchronized (commandsLock) {
            Commands made = commands;
            if (made == null) {
                made = new Commands(this);
                DirectCalls calls = direct;
                if (calls != null) {
                    made.know(calls);
                }
                commands = made;
            }
            return made;
        }
    }

    /// Starts the agent, or gives further options to the running one.
    ///
    /// @param text `name=value,name=value`, or null
    /// @param instrumentation the JVM's
    /// @param late whether the program already runs
    /// @param classPath a look-up from a class on the program's class path
    /// @param jar the agent's jar, or null if it cannot be found
    /// @param waiting takes the transformer of an agent that was waited for, and has the socket opened; null if nothing has
    ///     waited
    /// @return null, or the reason why it does not start: one line
    public static synchronized @Nullable String start(
            @Nullable String text,
            Instrumentation instrumentation,
            boolean late,
            MethodHandles.Lookup classPath,
            @Nullable JarFile jar,
            @Nullable Consumer<ClassFileTransformer> waiting) {
        ModuleAccess.openRuntime(instrumentation);
        try {
            Options options = Options.parse(text);
            RunningAgent agent = running;
            if (agent == null) {
                agent = new RunningAgent(instrumentation, classPath, jar, false);
                agent.add(options);
                agent.install(instrumentation, waiting);
                agent.usePolicyFile(options, late);
                running = agent;
            } else {
                agent.add(options);
                agent.classes.weaveAgain(options);
                if (options.policyFile() != null || options.watch()) {
                    agent.usePolicyFile(options, late);
                }
            }
            if (agent.secondaries != null) {
                agent.secondaries.add(text);
            }
            if (late && agent.secondaries != null) {
                agent.secondaries.find();
                agent.commands().missingRuntimes.supplyFor(options::wantsEntriesOf);
            }
            if (late || agent.plan.wantsNamed()) {
                agent.classes.weavePresent();
            }
            if (late) {
                agent.serve();
                agent.applyToLinked(options.policy());
            } else if (waiting == null) {
                new Opening(agent).start();
            }
            return null;
        } catch (PatchException | SyntaxException e) {
            return SafeText.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return "the control socket cannot be opened: " + FileFailure.reason(e);
        }
    }

    /// Starts the agent of this class loader as a secondary agent. It has no socket. The JVM does not know its
    /// transformer.
    ///
    /// @param texts the options of the agent
    /// @param weavesPresent whether to weave already loaded classes
    /// @param jar the agent's jar
    static synchronized SecondaryAgent startSecondary(
            List<String> texts,
            Instrumentation instrumentation,
            boolean weavesPresent,
            MethodHandles.Lookup classPath,
            JarFile jar) {
        ModuleAccess.openRuntime(instrumentation);
        RunningAgent agent = new RunningAgent(instrumentation, classPath, jar, true);
        SecondaryAgent secondary = new SecondaryAgent(agent.transformer, agent.commands().requests);
        agent.hold(secondary);
        running = agent;
        agent.installHooks();
        for (String text : texts) {
            Options options = Options.parse(text);
            agent.add(options);
            if (options.policyFile() != null) {
                agent.usePolicyFile(options, true);
            }
        }
        if (weavesPresent) {
            agent.classes.weavePresent();
        }
        return secondary;
    }

    @Override
    public List<Policies.Assigned> assigned() {
        return policies.assigned();
    }

    @Override
    public void usePolicies(List<Policies.Assigned> all) {
        policies.replace(all);
        List<KeyPattern> unused =
                plan.addNamed(policies.all().stream().map(Policy::key).toList());
        applyToLinked(policies.all());
    }

    @Override
    public void addText(String text) {
        Options options = Options.parse(text);
        add(options);
        classes.weaveAgain(options);
        if (options.policyFile() != null) {
            usePolicyFile(options, true);
        }
        classes.weavePresent();
        applyToLinked(options.policy());
    }

    private void add(Options options) {
        plan.add(options);
        if (!options.in().isEmpty() && plan.selection().sites().isEmpty()) {
            warn("agent option 'in' without 'sites' has no effect now, only on calls that 'repoint set' patches later;"
                    + " add sites=KEYS to select the calls to patch");
        }
        unmatched.expect(options);
        if (!options.direct().isEmpty()) {
            point(options);
        }
        for (Policy policy : options.policy()) {
            policies.put(policy, List.of());
        }
        if (options.report() != null) {
            reportFile = options.report();
        }
        if (options.classdump() != null) {
            transformer.dumpTo(new ClassDump(options.classdump()));
        }
    }

    /// Points calls elsewhere from now on. A secondary agent only knows it: the primary one does it.
    private void point(Options options) {
        DirectCalls calls = direct;
        if (calls == null) {
            calls = new DirectCalls(transformer.classFiles());
            synchronized (commandsLock) {
                direct = calls;
                if (commands != null) {
                    commands.know(calls);
                }
            }
            if (secondaries != null) {
                transformer.point(calls);
            }
        }
        calls.add(options.direct(), secondaries == null ? null : instrumentation)
                .forEach(RunningAgent::warn);
    }

    /// Applies the policies of all patchables that the program has already called or read, as one patch. If the
    /// patch is refused, the policies are dropped, and nothing changes.
    private void applyToLinked(List<Policy> applied) {
        List<PatchableState> linked =
                Repoint.states().stream().filter(state -> state.links() > 0).toList();
        List<Change> changes = applied.stream()
                .filter(policy -> linked.stream().anyMatch(state -> policy.key().matches(state.key())))
                .map(policy -> new Change(policy.key().text(), policy.target().toString()))
                .toList();
        if (changes.isEmpty()) {
            return;
        }
        try {
            List<Outcome> unused = commands().patches.set(changes, List.of(), true);
        } catch (PatchException | SyntaxException e) {
            List<Policy> dropped = policies.drop(applied::contains);
            throw e;
        }
    }

    /// The agent does not start if it cannot read a policy file of its options, or of the settings of a program that
    /// has not started. In a running program, it does not read the file of the settings again.
    private void usePolicyFile(Options options, boolean late) {
        try {
            List<KeyPattern> unused = PolicySettings.use(options.policyFile(), options.watch());
        } catch (PatchException | SyntaxException e) {
            if (!late || options.policyFile() != null || options.watch()) {
                throw e;
            }
            warn("no policy is applied: " + e.getMessage());
        }
    }

    private void hold(SecondaryAgent seen) {
        secondary = seen;
    }

    private void install(Instrumentation instrumentation, @Nullable Consumer<ClassFileTransformer> waiting) {
        installHooks();
        if (waiting == null) {
            instrumentation.addTransformer(transformer, true);
        } else {
            waiting.accept(transformer);
        }
        try {
            Runtime.getRuntime().addShutdownHook(new Ending(this));
        } catch (IllegalStateException e) {
            // The JVM ends, and a class that it loads for this has started the agent.
        }
    }

    /// Opens the control socket, if there is an agent. It is public, because the caller may come from another loader.
    public static void openSocket() {
        RunningAgent agent;
        synchronized (RunningAgent.class) {
            agent = running;
        }
        if (agent != null) {
            agent.tryToServe();
        }
    }

    private void tryToServe() {
        try {
            serve();
        } catch (IOException | RuntimeException e) {
            // No command has connected yet. A command that attaches gets the reason.
        }
    }

    private void installHooks() {
        Weaving.policy(policies);
        Weaving.policyHost(new AgentPolicyHost(plan, unmatched, classes, access));
        Weaving.classFiles(new JvmClassFiles(weaveLog, retransformer, transformer.classFiles()));
    }

    /// Opens the control socket, unless it is open.
    private synchronized void serve() throws IOException {
        ControlServer open = server;
        if (!ended && (open == null || !open.isReachable())) {
            if (open != null) {
                open.close();
            }
            server = ControlServer.open(commands().router::answer);
        }
    }

    /// Opens the control socket in the background, shortly after the start of the program: a short program does not
    /// need it. An earlier command attaches, and this opens the socket at once.
    private static final class Opening extends DaemonThread {

        private final RunningAgent agent;

        Opening(RunningAgent agent) {
            super("repoint-control");
            this.agent = agent;
        }

        @Override
        public void run() {
            LockSupport.parkNanos(SOCKET_DELAY_NANOS); // to sleep loads the event of it; to wake up early does no harm
            agent.tryToServe();
        }
    }

    /// Ends the agent with the JVM.
    private static final class Ending extends Thread {

        private final RunningAgent agent;

        Ending(RunningAgent agent) {
            super(null, null, "repoint-end", 0, false);
            this.agent = agent;
        }

        @Override
        public void run() {
            agent.end();
        }
    }

    /// The work at the end of the JVM.
    private void end() {
        close();
        Path file = reportFile;
        if (file != null) {
            try {
                Report.write(
                        commands().router.report().stream()
                                .map(row -> row.get(0))
                                .toList(),
                        file);
            } catch (IOException e) {
                warn("the report cannot be written to " + file + ": " + FileFailure.reason(e));
            } catch (RuntimeException e) {
                warn("the report cannot be written to " + file + ": " + e);
            }
        }
        for (String line : unusedOptions()) { // no lambda: see above
            warn(line);
        }
        DirectCalls calls = direct;
        if (calls != null) {
            calls.remarks().forEach(RunningAgent::warn);
        }
    }

    private List<String> unusedOptions() {
        if (!others.all().isEmpty()) {
            return commands().router.unusedOptions();
        }
        return unmatched.isEmpty() && !weaveLog.hasRefusals() ? List.of() : report().unusedOptions();
    }

    private Report report() {
        return new Report(weaveLog, unmatched, classes);
    }

    private synchronized void close() {
        ended = true;
        if (server != null) {
            server.close();
        }
    }

    private static void warn(String line) {
        System.getLogger("dev.repoint").log(System.Logger.Level.WARNING, SafeText.of(line));
    }
}
