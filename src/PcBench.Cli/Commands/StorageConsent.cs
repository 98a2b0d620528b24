using PcBench.Cli.Measure;
using PcBench.Cli.Workloads;
using PcBench.Contracts.Workloads;
using Spectre.Console;

namespace PcBench.Cli.Commands;

/// <summary>
/// Nothing is written to a disk before its owner was asked, or told where nobody can be asked; a disk without room for the test file is not
/// written to at all.
/// </summary>
internal static class StorageConsent
{
    /// <summary>The request, with the folder that will be written to, or without storage.</summary>
    /// <param name="context">Where to ask.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="isGiven">Whether the person has agreed already (<c>--yes</c>).</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static async Task<RunRequest> AskAsync(CliContext context, RunRequest request, bool isGiven, CancellationToken cancel)
    {
        var writes = request.Workloads.Where(workload => workload.Kind == ScoreKind.Storage).ToList();
        if (writes.Count == 0)
            return request;
        var people = context.Output.People;
        var (folder, obstacle) = StorageFolder.Choose(request.StorageFolders, request.Plan.StorageBytes);
        if (folder is null)
        {
            people.MarkupLineInterpolated($"[yellow]Storage is left out:[/] {obstacle}.");
            return Without(request);
        }

        people.MarkupLineInterpolated(
            $"Storage is measured on a test file of {request.Plan.StorageBytes >> 20} MiB in {folder}. Up to {MostWritten(request.Plan, writes) >> 30} GiB are written to it in turns. It is gone when the run ends, or is cut off.");
        if (isGiven || context.Answers is null)
            return request with { StorageFolders = [folder] };
        while (true)
        {
            people.Write("Write to that disk? [Y/n] ");
            switch ((await context.Answers.ReadLineAsync(cancel).AsTask().WaitAsync(cancel))?.Trim().ToLowerInvariant())
            {
                case "" or "y" or "yes":
                    return request with { StorageFolders = [folder] };
                case null or "n" or "no":
                    people.WriteLine("Storage is left out.");
                    return Without(request);
            }
        }
    }

    private static RunRequest Without(RunRequest request) =>
        request with { Workloads = [.. request.Workloads.Where(workload => workload.Kind != ScoreKind.Storage)] };

    /// <summary>The file once, and a full window for each sample that may be taken: few disks are fast enough for that.</summary>
    private static long MostWritten(RunPlan plan, IEnumerable<Workload> workloads) =>
        plan.StorageBytes + workloads.Select(workload => (Access: StorageAccess.Of(workload.Id), Samples: plan.SamplesOf(workload).Most))
            .Where(sampled => sampled.Access.Write)
            .Sum(sampled => (long)sampled.Samples * sampled.Access.MaxWindowBytes);
}
