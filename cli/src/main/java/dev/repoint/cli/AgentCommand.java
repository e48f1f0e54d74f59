package dev.repoint.cli;

import dev.repoint.cli.home.Home;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `repoint agent`: where the agent's jar is.
@Command(
        name = "agent",
        optionListHeading = "%n",
        header = "Prints the path of the agent's jar.",
        footer = {
            "",
            "Options of the agent (separated by commas; items of lists by semicolons):",
            "  patchable=KEYS   makes these methods patchable at their entry",
            "  sites=KEYS       makes calls of these methods patchable, in their callers",
            "  in=CLASSES       limits sites= to these callers",
            "  policy=KEY=TARGET;...   sets targets, from the first call on",
            "  policyfile=FILE  reads more lines KEY = TARGET; watch=true applies its changes",
            "  exclude=CLASSES  leaves these classes alone",
            "  report=FILE      lists woven and rejected methods, with reasons",
            "  classdump=DIR    writes every woven class there",
            "",
            "Examples:",
            "  java -javaagent:$(repoint agent) App",
            "  java \"-javaagent:$(repoint agent)=patchable=com.acme.**;org.x.*.run\" App"
        })
final class AgentCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(Home.find().agentJar());
        return ExitCode.OK;
    }
}
