using PcBench.Cli.Local;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary>What the commands share: where to write, what time it is, where the files of this installation are.</summary>
/// <param name="Output">Data to stdout, people on stderr.</param>
/// <param name="Time">The clock.</param>
/// <param name="Files">Key and results of this installation.</param>
/// <param name="Answers">Where a person answers questions; null where nobody is there to answer.</param>
internal sealed record CliContext(Output Output, TimeProvider Time, LocalFiles Files, TextReader? Answers = null)
{
    public static CliContext OfProcess() => new(Output.OfProcess(), TimeProvider.System, LocalFiles.Default(), OfTerminal());

    /// <summary>A person who is asked must see the question, and be the one who answers.</summary>
    private static TextReader? OfTerminal() => Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In;
}
