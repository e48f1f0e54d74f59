package dev.repoint.cli;

import dev.repoint.cli.home.Home;
import dev.repoint.cli.install.InstalledTree;
import dev.repoint.cli.manual.ManPage;
import dev.repoint.cli.manual.ZshCompletion;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;

/// The tree that a clone installs.
final class CloneTree {

    private CloneTree() {}

    /// The tree, with manual pages and completion of the command line.
    ///
    /// @param all the command line with all commands
    static InstalledTree of(Home clone, CommandLine all) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        ManPage.all(all).forEach((name, page) -> texts.put("share/man/man1/" + name, page));
        texts.put("share/bash-completion/completions/repoint", bash(all));
        texts.put("share/zsh/site-functions/_repoint", ZshCompletion.of(all));
        return InstalledTree.of(clone.root(), texts);
    }

    /// Without its first line, which names an interpreter: a shell reads it.
    private static String bash(CommandLine all) {
        String script = AutoComplete.bash("repoint", all);
        return script.substring(script.indexOf('\n') + 1);
    }
}
