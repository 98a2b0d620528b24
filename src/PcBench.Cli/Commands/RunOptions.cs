using System.CommandLine;
using PcBench.Cli.Measure;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Commands;

/// <summary>What a person asked <c>pcbench run</c> for.</summary>
/// <param name="Request">What to run.</param>
/// <param name="Json">Whether the document goes to stdout.</param>
/// <param name="Out">Where to put a copy of the result; null for none.</param>
/// <param name="WithReport">Whether to write a report.</param>
/// <param name="Report">Where; null for beside the result.</param>
/// <param name="Yes">Whether questions are answered already.</param>
internal sealed record RunChoice(RunRequest Request, bool Json, string? Out, bool WithReport, string? Report, bool Yes);

/// <summary>The options of <c>pcbench run</c>.</summary>
internal sealed class RunOptions
{
    private readonly Option<bool> quick = new("--quick") { Description = "All scored workloads within 60 seconds (the default)." };
    private readonly Option<bool> full = new("--full") { Description = "All workloads, scored or not, within 6 minutes: more samples, a larger file for storage." };
    private readonly Option<string?> only = new("--only") { Description = "Only these: ids, their beginnings or kinds of score, with commas between." };
    private readonly Option<string?> storagePath = new("--storage-path")
    {
        Description = "Folder whose disk is measured. Default: the temporary folder, or where results are kept if that one is in memory.",
    };
    private readonly Option<bool> noStorage = new("--no-storage") { Description = "Leave storage out." };
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Write to the disk that is measured without asking first. Where no terminal is there to ask, it is written to without asking too." };
    private readonly Option<bool> json = new("--json") { Description = "Print the signed document on stdout instead of its path." };
    private readonly Option<string?> report = new("--report") { Description = "Where to write the report. Default: beside the result." };
    private readonly Option<bool> noReport = new("--no-report") { Description = "Write no report." };
    private readonly Option<string?> @out = new("--out") { Description = "Write a copy of the result to this file." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[quick, full, only, storagePath, noStorage, yes, json, report, noReport, @out])
            command.Options.Add(option);
    }

    /// <summary>Reads the options; null where they cannot be, and then the reason was told.</summary>
    public RunChoice? Read(CliContext context, ParseResult parsed)
    {
        if (parsed.GetValue(quick) && parsed.GetValue(full))
            return Refuse(context, "--quick and --full cannot both be had.", "Give one of them.");
        if (parsed.GetValue(report) is not null && parsed.GetValue(noReport))
            return Refuse(context, "--report and --no-report cannot both be had.", "Give one of them.");
        foreach (var (name, path) in new[] { (report.Name, parsed.GetValue(report)), (@out.Name, parsed.GetValue(@out)) })
        {
            // Said now, not after a minute of measuring.
            if (path is not null && (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
                return Refuse(context, $"{name} '{path}' cannot be written.", "Give a file in a folder that exists.");
        }

        var chosen = new HashSet<Workload>();
        foreach (var word in parsed.GetValue(only)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var named = WorkloadSelection.Named(word);
            if (named.Count == 0)
                return Refuse(context, $"--only '{word}' names no workload.", $"There are: {string.Join(", ", WorkloadSelection.Words)}.");
            chosen.UnionWith(named);
        }

        var plan = parsed.GetValue(full) ? RunPlan.Full : RunPlan.Quick;
        var all = parsed.GetValue(only) is null;
        var workloads = WorkloadCatalog.All
            .Where(workload => all ? plan.Workloads.Contains(workload) : chosen.Contains(workload))
            .Where(workload => workload.Kind != ScoreKind.Storage || !parsed.GetValue(noStorage))
            .ToList();
        if (workloads.Count == 0)
            return Refuse(context, "No workload is left to measure.", "Give others with --only, or leave out --no-storage.");

        string[] folders = parsed.GetValue(storagePath) is { } folder
            ? [Path.GetFullPath(folder)]
            : [Path.GetTempPath(), context.Files.Home];
        return new RunChoice(
            new RunRequest(all ? plan : plan with { Preset = RunPreset.Custom }, workloads, folders),
            parsed.GetValue(json), parsed.GetValue(@out), !parsed.GetValue(noReport), parsed.GetValue(report), parsed.GetValue(yes));
    }

    private static RunChoice? Refuse(CliContext context, string problem, string fix)
    {
        context.Output.Error(problem, fix);
        return null;
    }
}
