namespace PcBench.Contracts.Api;

/// <summary>Answer to <c>GET /api/v1/search?q=</c>: public things only.</summary>
/// <param name="Query">What was searched for.</param>
/// <param name="Cpus">CPU models whose name holds every word, at most 20.</param>
/// <param name="Results">Results with this id, board or CPU, the newest first, at most 20.</param>
public sealed record SearchView(string Query, IReadOnlyList<CpuSummary> Cpus, IReadOnlyList<LeaderboardRow> Results);
