using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Api;

/// <summary>Answer to <c>GET /api/v1/cpus</c>: models with public results, the most measured first.</summary>
/// <param name="Cpus">At most 200 models.</param>
public sealed record CpuList(IReadOnlyList<CpuSummary> Cpus);

/// <summary>A CPU model in a list.</summary>
/// <param name="Id">Id of its page.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Vendor">Vendor.</param>
/// <param name="Results">Public results.</param>
/// <param name="Single">Median single-thread score; absent where none was scored.</param>
/// <param name="Multi">Median multi-thread score; absent where none was scored.</param>
public sealed record CpuSummary(string Id, string Name, string Vendor, long Results, double? Single, double? Multi)
{
    /// <summary>How sure the single-thread median is; absent with it.</summary>
    public MedianRange? SingleRange { get; init; }

    /// <summary>How sure the multi-thread median is; absent with it.</summary>
    public MedianRange? MultiRange { get; init; }
}

/// <summary>The interval of a median.</summary>
/// <param name="Count">Results that the median is of.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Confidence">0.95, or less under 6 results.</param>
public sealed record MedianRange(long Count, double Low, double High, double Confidence);

/// <summary>Answer to <c>GET /api/v1/cpus/{id}</c>: what the public results of one CPU model say.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Vendor">Vendor.</param>
/// <param name="Microarchitecture">Microarchitecture, where known.</param>
/// <param name="Results">Public, unflagged results.</param>
/// <param name="Boards">The scores first, then each workload.</param>
/// <param name="Recent">The newest results, at most 20.</param>
public sealed record CpuView(
    string Id,
    string Name,
    string Vendor,
    string? Microarchitecture,
    long Results,
    IReadOnlyList<CpuBoard> Boards,
    IReadOnlyList<LeaderboardRow> Recent);

/// <summary>One board of a CPU model.</summary>
/// <param name="Board">Score kind or workload id.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Better">Which direction is better.</param>
/// <param name="Count">Results; the statistics below are of these.</param>
/// <param name="Median">Median.</param>
/// <param name="Low">Lower end of the median's interval.</param>
/// <param name="High">Upper end of the median's interval.</param>
/// <param name="Confidence">0.95, or less under 6 results.</param>
/// <param name="Percentiles">5th, 25th, 75th and 95th percentile; absent under 5 results.</param>
/// <param name="Histogram">Counts in equal steps; absent under 5 results.</param>
public sealed record CpuBoard(
    string Board,
    string Unit,
    Better Better,
    long Count,
    double Median,
    double Low,
    double High,
    double Confidence,
    Percentiles? Percentiles,
    Histogram? Histogram);

/// <summary>Percentiles of results.</summary>
/// <param name="P5">5 % of the results are below.</param>
/// <param name="P25">25 % are below.</param>
/// <param name="P75">75 % are below.</param>
/// <param name="P95">95 % are below.</param>
public sealed record Percentiles(double P5, double P25, double P75, double P95);

/// <summary>How results are spread.</summary>
/// <param name="From">Lower edge of the first step.</param>
/// <param name="Width">Width of a step, over 0.</param>
/// <param name="Counts">Results in each step; the last includes its upper edge.</param>
public sealed record Histogram(double From, double Width, IReadOnlyList<int> Counts);
