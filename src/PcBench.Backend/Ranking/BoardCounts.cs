using PcBench.Contracts.Workloads;

namespace PcBench.Backend.Ranking;

/// <summary>How many intervals of one board begin and end in each cell, as results come and go.</summary>
internal sealed class BoardCounts(Better better)
{
    private readonly Lock gate = new();
    private readonly int[] lows = new int[RankGrid.Size];
    private readonly int[] highs = new int[RankGrid.Size];
    private readonly SortedDictionary<string, int> vendors = new(StringComparer.OrdinalIgnoreCase);
    private BoardRanks? ranks; // made when somebody asks after a change

    /// <summary>The places as of now.</summary>
    public BoardRanks Ranks
    {
        get
        {
            lock (gate)
                return ranks ??= new BoardRanks(better, CellTotals.Of(lows), CellTotals.Of(highs), [.. vendors]);
        }
    }

    /// <summary>An interval enters (1) or leaves (-1).</summary>
    public void Apply(RankedInterval value, string vendor, int by)
    {
        lock (gate)
        {
            lows[RankGrid.Floor(value.Low)] += by;
            highs[RankGrid.Ceiling(value.High)] += by;
            if ((vendors[vendor] = vendors.GetValueOrDefault(vendor) + by) == 0)
                vendors.Remove(vendor);
            ranks = null;
        }
    }
}
