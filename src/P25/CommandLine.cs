using P25.Commands;

namespace P25;

/// <summary>The command line of <c>p25</c>.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>An exit code of <see cref="P25ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, P25Context context)
    {
        var parsed = CommandTree.Create(context).Parse(args);

        // Helm needs up to 15 seconds to write down that it was stopped.
        var code = await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
        return parsed.Errors.Count > 0 ? P25ExitCodes.Usage : code;
    }
}
