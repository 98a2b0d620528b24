using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using PcBench.Contracts.Api;
using PcBench.Ml.Features.Assess;
using PcBench.Ml.Registry;
using PcBench.Ml.Tables;
using PcBench.Shared;

namespace PcBench.Ml.Commands;

/// <summary>The verdict on a row of a table.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Id">Its <c>case_id</c> or <c>machine_id</c>, where there is one.</param>
/// <param name="Score">0 fits in everything, 1 cannot be; 0.5 and more is flagged.</param>
/// <param name="Fit">The verdict.</param>
/// <param name="Flags">The reasons.</param>
internal sealed record RowVerdict(int Line, string? Id, double? Score, Fit Fit, IReadOnlyList<Finding> Flags);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RowVerdict))]
internal sealed partial class VerdictJson : JsonSerializerContext;

/// <summary><c>ml assess</c>.</summary>
internal static class AssessCommand
{
    public static Command Create(Output? output = null)
    {
        var data = new Option<string[]>("--data") { Description = "CSV files of servers with their scores.", Required = true, AllowMultipleArgumentsPerToken = true };
        var model = new Option<string?>("--model") { Description = "A model's file, folder or version. Default: the active one." };
        var csv = new Option<bool>("--csv") { Description = "Print CSV (line,id,score,fit,reasons) instead of a JSON object a line." };
        var json = new Option<bool>("--json") { Description = "Print a JSON object a line; this is the default." };
        var command = new CommandWithExamples("assess", "Say of each row how suspect it is, from 0 to 1, and why. 0.5 and more is flagged; it is set for 1 % false alarms.", """
            ml assess --data results.csv
            ml assess --data results.csv --model model/ --csv
            """) { data, model, csv, json };
        command.SetAction((parsed, end) =>
        {
            var to = output ?? Output.OfProcess();
            return Work.WithRegistryAsync(to, async (registry, cancel) =>
            {
                var machines = Machines.Read(Work.Tables(parsed.GetValue(data)!));
                if (await Work.ModelAsync(registry, parsed.GetValue(model), to, cancel) is not { } loaded)
                    return ExitCodes.NotFound;
                var verdicts = new RowVerdict[machines.Count];
                Parallel.For(0, verdicts.Length, i => verdicts[i] = Judge(machines[i], loaded));
                if (parsed.GetValue(csv))
                    to.Data("line,id,score,fit,reasons");
                foreach (var verdict in verdicts)
                    to.Data(parsed.GetValue(csv) ? Csv(verdict) : JsonSerializer.Serialize(verdict, VerdictJson.Default.RowVerdict));
                to.Say($"{verdicts.Count(verdict => verdict.Fit == Fit.Flagged)} of {verdicts.Length} rows are flagged by model {loaded.Version}.");
                return ExitCodes.Ok;
            }, end);
        });
        return command;
    }

    private static RowVerdict Judge(Machine machine, LoadedModel model)
    {
        var verdict = Assessor.Assess(new AssessRequest(null, null) { Hardware = machine.Hardware, Scores = machine.Figures }, model);
        return new RowVerdict(machine.Row.Line, machine.Row.Text("case_id") ?? machine.Row.Text("machine_id"), verdict.Score, verdict.Fit, verdict.Findings);
    }

    private static string Csv(RowVerdict verdict) => FormattableString.Invariant(
        $"{verdict.Line},{verdict.Id},{verdict.Score},{verdict.Fit},\"{string.Join(" | ", verdict.Flags.Select(flag => flag.Text)).Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
}
