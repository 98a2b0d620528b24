using PcBench.Contracts.Workloads;

namespace PcBench.Web.Api;

/// <summary>What the leaderboard shows. The page's address and the API's use the same names.</summary>
public sealed record LeaderboardQuery
{
    /// <summary>The board shown where none is asked for.</summary>
    public static string DefaultBoard { get; } = Contracts.Board.NameOf(ScoreKind.Single);

    /// <summary>Score kind or workload id.</summary>
    public string Board { get; init; } = DefaultBoard;

    /// <summary>CPU vendor.</summary>
    public string? Vendor { get; init; }

    /// <summary>Id of a CPU model.</summary>
    public string? Cpu { get; init; }

    /// <summary>Physical cores: <c>8</c> or <c>8-16</c>.</summary>
    public string? Cores { get; init; }

    /// <summary>Operating system family.</summary>
    public string? Os { get; init; }

    /// <summary><c>true</c> for machines under a hypervisor, <c>false</c> for bare metal.</summary>
    public string? Virtual { get; init; }

    /// <summary>First day of measurement.</summary>
    public string? Since { get; init; }

    /// <summary>Last day of measurement.</summary>
    public string? Until { get; init; }

    /// <summary>Cursor of the page.</summary>
    public string? After { get; init; }

    /// <summary>How many filters are set.</summary>
    public int Filters => Filled().Count(pair => pair.Name is not ("board" or "after"));

    /// <summary>The same board without filters, at its start.</summary>
    public LeaderboardQuery Cleared() => new() { Board = Board };

    /// <summary>As a query string with its question mark; empty where all is default.</summary>
    public string ToQueryString()
    {
        var pairs = Filled().Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}").ToList();
        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }

    private IEnumerable<(string Name, string? Value)> Filled() => new (string Name, string? Value)[]
    {
        ("board", Board == DefaultBoard ? null : Board),
        ("vendor", Vendor),
        ("cpu", Cpu),
        ("cores", Cores),
        ("os", Os),
        ("virtual", Virtual),
        ("since", Since),
        ("until", Until),
        ("after", After),
    }.Where(pair => !string.IsNullOrWhiteSpace(pair.Value));
}
