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

    /// <summary>Lets the help of a tree of commands show examples.</summary>
    public static void ShowExamples(RootCommand root)
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
