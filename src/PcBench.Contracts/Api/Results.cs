using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Api;

/// <summary>Place on a board, as an interval: machines that cannot be told apart share their places.</summary>
/// <param name="From">Best place it may have: 1 + the results that are surely better.</param>
/// <param name="To">Worst place it may have: the results that are not surely worse.</param>
/// <param name="Of">Results on the board.</param>
public sealed record RankInterval(long From, long To, long Of);

/// <summary>A score with its place.</summary>
/// <param name="Score">The score.</param>
/// <param name="Rank">Its place on the board of this kind; absent while the result is not ranked.</param>
public sealed record RankedScore(Score Score, RankInterval? Rank);

/// <summary>One workload of a result, with its statistics.</summary>
/// <param name="Id">Id in the catalog.</param>
/// <param name="Version">Version of the workload.</param>
/// <param name="Title">Name, English.</param>
/// <param name="Unit">Unit of all figures here.</param>
/// <param name="Better">Which direction is better.</param>
/// <param name="Kind">The score it counts in, or belongs to.</param>
/// <param name="Threads">Threads that worked.</param>
/// <param name="Figure">The figure that counts.</param>
/// <param name="Agreed">Whether enough samples agree on it.</param>
/// <param name="Points">Its points; 1000 is the reference machine. Absent where the workload is not scored.</param>
/// <param name="Median">Median with its 95 % interval: what a user of this machine sees.</param>
/// <param name="CoefficientOfVariation">Standard deviation ÷ mean.</param>
/// <param name="Samples">Every sample, in order.</param>
/// <param name="Variant">The code path that was fastest, where there are several.</param>
public sealed record WorkloadView(
    string Id,
    int Version,
    string Title,
    string Unit,
    Better Better,
    ScoreKind Kind,
    int Threads,
    double Figure,
    bool Agreed,
    double? Points,
    MedianInterval Median,
    double CoefficientOfVariation,
    IReadOnlyList<double> Samples,
    string? Variant)
{
    /// <summary>Statistics of one measured workload.</summary>
    /// <returns>Null where the catalog does not know it.</returns>
    public static WorkloadView? Of(WorkloadResult measured)
    {
        if (WorkloadCatalog.Find(measured.Id) is not { } workload)
            return null;
        var figure = SampleStatistics.FigureOf(workload, measured.Samples);
        return new WorkloadView(
            workload.Id, workload.Version, workload.Title, workload.Unit, workload.Better, workload.Kind, measured.Threads,
            figure.Value, figure.Agreed, workload.IsScored ? ScoreFormula.Points(workload, figure.Value) : null,
            SampleStatistics.MedianOf(measured.Samples), SampleStatistics.CoefficientOfVariation(measured.Samples),
            measured.Samples, measured.Variant);
    }
}

/// <summary>Answer to <c>GET /api/v1/results/{id}</c>.</summary>
public sealed record ResultView
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>When it was measured, UTC.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>When it was submitted, UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Who may see it.</summary>
    public required Visibility Visibility { get; init; }

    /// <summary>Whether the asker proved to be its owner.</summary>
    public required bool Owned { get; init; }

    /// <summary>Id of its CPU model's page.</summary>
    public required string CpuId { get; init; }

    /// <summary>CPU model for people.</summary>
    public required string CpuName { get; init; }

    /// <summary>Program and its version.</summary>
    public required string Agent { get; init; }

    /// <summary>Preset, budget and duration.</summary>
    public required RunInfo Run { get; init; }

    /// <summary>What the machine is.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>What state it was in.</summary>
    public required EnvironmentInfo Environment { get; init; }

    /// <summary>Scores with their places.</summary>
    public required IReadOnlyList<RankedScore> Scores { get; init; }

    /// <summary>Workloads, in the catalog's order.</summary>
    public required IReadOnlyList<WorkloadView> Workloads { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<MarkEvidence> Marks { get; init; }

    /// <summary>Whether it fits its hardware; absent until it was assessed.</summary>
    public Assessment? Assessment { get; init; }

    /// <summary>What its owner said against its flag and what was decided; absent where nothing was, or where it concerns the owner alone.</summary>
    public AppealView? Appeal { get; init; }
}
