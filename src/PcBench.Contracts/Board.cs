using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts;

/// <summary>What results can be ranked by: each score kind and each workload.</summary>
/// <param name="Name">Score kind in lower case, or workload id.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="Better">Which direction is better.</param>
public sealed record Board(string Name, string Unit, Better Better)
{
    /// <summary>Every board: the scores first.</summary>
    public static IReadOnlyList<Board> All { get; } =
    [
        .. WorkloadCatalog.ScoredKinds.Select(kind => new Board(NameOf(kind), "points", Better.Higher)),
        .. WorkloadCatalog.Scored.Select(workload => new Board(workload.Id, workload.Unit, workload.Better)),
    ];

    /// <summary>Whether it is that of a score, not of a workload.</summary>
    public bool IsScore => WorkloadCatalog.ScoredKinds.Any(kind => NameOf(kind) == Name);

    /// <summary>The board with this name, or null.</summary>
    public static Board? Find(string name) => All.FirstOrDefault(board => board.Name == name);

    /// <summary>Name of a score's board.</summary>
    public static string NameOf(ScoreKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Every value a result has, with its 95 % interval: its scores and its workloads' figures.</summary>
    public static IEnumerable<BoardValue> ValuesOf(IReadOnlyList<WorkloadResult> results)
    {
        foreach (var score in ScoreFormula.Of(results))
            yield return new BoardValue(NameOf(score.Kind), score.Value, score.Low, score.High);
        foreach (var measured in results)
        {
            if (WorkloadCatalog.Find(measured.Id) is not { IsScored: true } workload)
                continue;
            var (figure, low, high) = ScoreFormula.Interval(workload, measured.Samples);
            yield return new BoardValue(workload.Id, figure, low, high);
        }
    }
}

/// <summary>A result's value on one board.</summary>
/// <param name="Board">Name of the board.</param>
/// <param name="Value">Value in the board's unit.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
public sealed record BoardValue(string Board, double Value, double Low, double High);
