using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;

namespace PcBench.Backend.Ranking;

/// <summary>
/// The intervals on one board. A result is surely better than another where their intervals do not touch, so a place is
/// an interval as well: from 1 + the surely better ones to all that are not surely worse.
/// </summary>
internal sealed class BoardRanks
{
    private readonly Lock gate = new();
    private readonly RankedList lows;
    private readonly RankedList highs;
    private readonly Dictionary<string, int> vendors;
    private readonly Better better;

    public BoardRanks(Better better, IReadOnlyList<(string Vendor, RankedInterval Value)> values)
    {
        this.better = better;
        var mirrored = values.Select(row => Mirrored(row.Value)).ToArray();
        lows = RankedList.Of([.. mirrored.Select(value => value.Low)]);
        highs = RankedList.Of([.. mirrored.Select(value => value.High)]);
        vendors = values.CountBy(row => row.Vendor).ToDictionary();
    }

    public BoardSummary Summary()
    {
        lock (gate)
            return new BoardSummary(lows.Count, [.. vendors.Keys.Order(StringComparer.OrdinalIgnoreCase)]);
    }

    public IReadOnlyList<RankInterval> RanksOf(IReadOnlyList<RankedInterval> values)
    {
        lock (gate)
            return [.. values.Select(value => RankOf(Mirrored(value)))];
    }

    public void Apply(RankChange change)
    {
        var value = Mirrored(new RankedInterval(change.Low, change.High));
        lock (gate)
        {
            if (change.Enters)
            {
                lows.Add(value.Low);
                highs.Add(value.High);
            }
            else
            {
                lows.Remove(value.Low);
                highs.Remove(value.High);
            }

            var count = vendors.GetValueOrDefault(change.Vendor) + (change.Enters ? 1 : -1);
            if (count > 0)
                vendors[change.Vendor] = count;
            else
                vendors.Remove(change.Vendor);
        }
    }

    private RankInterval RankOf(RankedInterval value) => new(1 + lows.CountOver(value.High), highs.CountFrom(value.Low), lows.Count);

    // Where lower is better everything is turned round, so that "over" always means "better".
    private RankedInterval Mirrored(RankedInterval value) => better == Better.Higher ? value : new RankedInterval(-value.High, -value.Low);
}
