using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PcBench.Shared;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">Name.</param>
/// <param name="description">What it does; one line, shown in the list of commands too.</param>
/// <param name="examples">Lines of examples.</param>
internal sealed class CommandWithExamples(string name, string description, string examples) : Command(name, description)
{
    /// <summary>Lines of examples.</summary>
    public string Examples { get; } = examples;

    /// <summary>The root of a tree of commands under a name of its own: a <see cref="RootCommand"/> has that of the program's file.</summary>
    /// <param name="name">Name in help: <c>backend</c>.</param>
    /// <param name="description">What the program does.</param>
    /// <param name="commands">Its commands.</param>
    public static Command Root(string name, string description, params ReadOnlySpan<Command> commands)
    {
        var root = new Command(name, description) { new HelpOption(), new VersionOption() };
        foreach (var command in commands)
            root.Add(command);
        ShowExamples(root);
        return root;
    }

    /// <summary>Lets the help of a tree of commands show examples.</summary>
    public static void ShowExamples(Command root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
    }

    private sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is CommandWithExamples command)
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var line in command.Examples.Split('\n'))
                    output.WriteLine($"  {line}");
                output.WriteLine();
            }

            return exitCode;
        }
    }
}
