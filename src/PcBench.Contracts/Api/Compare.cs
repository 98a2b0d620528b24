using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Api;

/// <summary>Answer to <c>GET /api/v1/compare?ids=A,B,…</c>: 2 to 8 results; the first is the one compared with.</summary>
/// <param name="Results">The results, in the order asked.</param>
/// <param name="Workloads">Workloads that at least two of them have.</param>
/// <param name="Differences">What differs in their configuration.</param>
public sealed record CompareView(
    IReadOnlyList<ComparedResult> Results, IReadOnlyList<ComparedWorkload> Workloads, IReadOnlyList<ConfigurationDifference> Differences)
{
    /// <summary>Compares documents. The first is the one compared with.</summary>
    /// <param name="results">2 to 8 documents with their ids.</param>
    public static CompareView Of(IReadOnlyList<(string Id, ResultDocument Document)> results) => new(
        [.. results.Select(result => new ComparedResult(
            result.Id, CpuName.Display(result.Document.Machine.Cpu.Model), result.Document.Run.StartedAt, ScoreFormula.Of(result.Document)))],
        [.. WorkloadCatalog.All.Select(workload => Compare(workload, results)).OfType<ComparedWorkload>()],
        [.. ConfigurationDifference.Between([.. results.Select(result => result.Document)])]);

    private static ComparedWorkload? Compare(Workload workload, IReadOnlyList<(string Id, ResultDocument Document)> results)
    {
        var measured = results
            .Select(result => result.Document.Workloads.FirstOrDefault(measured => measured.Id == workload.Id && measured.Version == workload.Version))
            .ToList();
        if (measured.Count(result => result is not null) < 2)
            return null;
        return new ComparedWorkload(
            workload.Id, workload.Title, workload.Unit, workload.Better, workload.Kind,
            [.. measured.Select((result, i) => result is null ? null : new ComparedFigure(
                SampleStatistics.FigureOf(workload, result.Samples).Value,
                SampleStatistics.MedianOf(result.Samples),
                i == 0 || measured[0] is null ? null : Compare(workload, measured[0]!, result)))]);
    }

    private static Comparison Compare(Workload workload, WorkloadResult first, WorkloadResult second) =>
        Comparison.Of(UndisturbedSamples.OrAll(first), UndisturbedSamples.OrAll(second), workload.Better);
}

/// <summary>One of the compared results.</summary>
/// <param name="Id">Id.</param>
/// <param name="CpuName">CPU model for people.</param>
/// <param name="MeasuredAt">When, UTC.</param>
/// <param name="Scores">Scores.</param>
public sealed record ComparedResult(string Id, string CpuName, DateTimeOffset MeasuredAt, IReadOnlyList<Score> Scores);

/// <summary>One workload of the compared results.</summary>
/// <param name="Id">Id.</param>
/// <param name="Title">Name, English.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Better">Which direction is better.</param>
/// <param name="Kind">The score it counts in.</param>
/// <param name="Figures">One for each result, in order; null where a result has not this workload.</param>
public sealed record ComparedWorkload(
    string Id, string Title, string Unit, Better Better, ScoreKind Kind, IReadOnlyList<ComparedFigure?> Figures);

/// <summary>One result's figure in one workload.</summary>
/// <param name="Figure">The figure that counts.</param>
/// <param name="Median">Median with its interval.</param>
/// <param name="ToFirst">Ratio to the first result, of undisturbed samples, with its interval and verdict; absent for the first itself.</param>
public sealed record ComparedFigure(double Figure, MedianInterval Median, Comparison? ToFirst);

/// <summary>One line of configuration in which the results differ.</summary>
/// <param name="Field">The document's member: <c>machine.memory.speedMts</c>.</param>
/// <param name="Values">One for each result, in order; null where unknown.</param>
public sealed record ConfigurationDifference(string Field, IReadOnlyList<string?> Values)
{
    private static readonly (string Field, Func<ResultDocument, object?> Value)[] Fields =
    [
        ("machine.cpu.model", result => result.Machine.Cpu.Model),
        ("machine.cpu.microarchitecture", result => result.Machine.Cpu.Microarchitecture),
        ("machine.cpu.sockets", result => result.Machine.Cpu.Sockets),
        ("machine.cpu.cores", result => result.Machine.Cpu.Cores),
        ("machine.cpu.threads", result => result.Machine.Cpu.Threads),
        ("machine.cpu.baseMhz", result => Rounded(result.Machine.Cpu.BaseMhz)),
        ("machine.cpu.measuredMhz", result => Rounded(result.Machine.Cpu.MeasuredMhz)),
        ("machine.cpu.caches", result => string.Join(", ", result.Machine.Cpu.Caches.Select(cache => $"L{cache.Level} {cache.Kind} {cache.Count} x {cache.SizeKib} KiB"))),
        ("machine.memory.totalMib", result => result.Machine.Memory.TotalMib),
        ("machine.memory.type", result => result.Machine.Memory.Type),
        ("machine.memory.speedMts", result => result.Machine.Memory.SpeedMts),
        ("machine.memory.modules", result => result.Machine.Memory.Modules.Count is > 0 and var count ? count : null),
        ("machine.disks[0].model", result => result.Machine.Disks.FirstOrDefault()?.Model),
        ("machine.disks[0].kind", result => result.Machine.Disks.FirstOrDefault()?.Kind),
        ("machine.board.model", result => result.Machine.Board?.Model),
        ("machine.board.bios", result => result.Machine.Board?.Bios),
        ("machine.os.name", result => result.Machine.Os.Name),
        ("machine.os.kernel", result => result.Machine.Os.Kernel),
        ("machine.os.architecture", result => result.Machine.Os.Architecture),
        ("machine.hypervisor", result => result.Machine.Hypervisor),
        ("environment.governor", result => result.Environment.Governor),
        ("environment.power", result => result.Environment.Power),
        ("environment.microcode", result => result.Environment.Microcode),
        ("environment.hugePages", result => result.Environment.HugePages),
        ("run.preset", result => result.Run.Preset),
        ("agent.version", result => result.Agent.Version),
        ("agent.runtime", result => result.Agent.Runtime),
    ];

    /// <summary>The lines in which at least two of the documents differ.</summary>
    public static IEnumerable<ConfigurationDifference> Between(IReadOnlyList<ResultDocument> results) =>
        from field in Fields
        let values = results.Select(result => field.Value(result)?.ToString()).ToList()
        where values.Distinct().Count() > 1
        select new ConfigurationDifference(field.Field, values);

    private static double? Rounded(double? mhz) => mhz is { } value ? Math.Round(value / 50) * 50 : null;
}
