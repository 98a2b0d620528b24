using PcBench.Cli.Local;
using PcBench.Shared;

namespace PcBench.Cli.Commands;

/// <summary>What the commands share: where to write, what time it is, where the files of this installation are.</summary>
/// <param name="Output">Data to stdout, people on stderr.</param>
/// <param name="Time">The clock.</param>
/// <param name="Files">Key and results of this installation.</param>
internal sealed record CliContext(Output Output, TimeProvider Time, LocalFiles Files)
{
    public static CliContext OfProcess() => new(Output.OfProcess(), TimeProvider.System, LocalFiles.Default());
}
