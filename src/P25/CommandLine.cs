using P25.Commands;
using PcBench.Shared;

namespace P25;

/// <summary>The command line of <c>p25</c>.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>An exit code of <see cref="P25ExitCodes"/>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, P25Context context) =>

        // Helm needs up to 15 seconds to write down that it was stopped.
        CommandTree.Create(context).Parse(args).RunAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
}
