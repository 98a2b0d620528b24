using System.CommandLine;
using PcBench.Shared;

namespace PcBench.Ml.Commands;

/// <summary>All commands of <c>ml</c>. Without a command it serves.</summary>
internal static class MlCommand
{
    public static Command Create()
    {
        var root = CommandWithExamples.Root("ml", """
            Says what a machine should score, and whether a result fits its hardware. Without a command it serves; settings come from
            appsettings.json, the environment (Ml__SigningKey=…) or the command line (--Data:Folder=…). docs/ml.md lists them.
            """,
            [
                TrainCommand.Create(),
                EvaluateCommand.Create(),
                AssessCommand.Create(),
                ModelsCommand.Create(),
            ]);
        root.TreatUnmatchedTokensAsErrors = false; // settings of the host: --urls http://localhost:8080
        root.SetAction(async (parsed, cancel) =>
        {
            if (parsed.UnmatchedTokens is not [var first, ..] || first.StartsWith('-'))
                return await MlHost.ServeAsync([.. parsed.UnmatchedTokens]);
            await Console.Error.WriteLineAsync($"error: There is no command '{first}'. 'ml --help' lists them.".AsMemory(), cancel);
            return ExitCodes.Usage;
        });
        return root;
    }
}
