using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>Reads which workloads a person wants: ids, their beginnings (<c>sort</c>) or kinds of score (<c>memory</c>).</summary>
internal static class WorkloadSelection
{
    /// <summary>The workloads that one word names, in the catalog's order; none where it names nothing. A whole id names that one alone.</summary>
    public static IReadOnlyList<Workload> Named(string word) =>
        WorkloadCatalog.Find(word.Trim()) is { } exact ? [exact] : [.. WorkloadCatalog.All.Where(workload => IsNamed(workload, word.Trim()))];

    /// <summary>All words that may be given, for people.</summary>
    public static IEnumerable<string> Words =>
        WorkloadCatalog.All.Select(workload => workload.Kind.ToString().ToLowerInvariant()).Distinct().Concat(WorkloadCatalog.All.Select(workload => workload.Id));

    private static bool IsNamed(Workload workload, string word) =>
        workload.Kind.ToString().Equals(word, StringComparison.OrdinalIgnoreCase)
        || (word.Length > 0 && workload.Id.StartsWith(word, StringComparison.Ordinal) && workload.Id[word.Length] is '.' or '-');
}
