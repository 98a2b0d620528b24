using PcBench.Contracts;
using PcBench.Contracts.Workloads;

namespace PcBench.Web.Components;

/// <summary>Every kind of score has a colour of its own, and its workloads wear it too.</summary>
public static class Tones
{
    /// <summary>The class of a kind.</summary>
    public static string Of(ScoreKind kind) => Board.NameOf(kind);

    /// <summary>The class of a board; that of the first kind where the board is not known here.</summary>
    public static string Of(string board) =>
        WorkloadCatalog.Find(board) is { } workload ? Of(workload.Kind)
        : Enum.TryParse<ScoreKind>(board, ignoreCase: true, out var kind) ? Of(kind)
        : Of(ScoreKind.Single);
}
