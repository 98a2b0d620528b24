using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;

namespace PcBench.Backend.Ranking;

/// <summary>An interval on a board.</summary>
internal readonly record struct RankedInterval(double Low, double High);

/// <summary>What a board holds.</summary>
/// <param name="Total">Results on it.</param>
/// <param name="Vendors">CPU vendors of these results, in order.</param>
internal sealed record BoardSummary(long Total, IReadOnlyList<string> Vendors);

/// <summary>
/// The places on one board at one moment. A result is surely better than another where their intervals do not touch, so a
/// place is an interval as well: from 1 + the surely better ones to all that are not surely worse.
/// </summary>
/// <param name="better">Which direction is better.</param>
/// <param name="lows">Where the intervals begin.</param>
/// <param name="highs">Where they end.</param>
/// <param name="vendors">Results by CPU vendor, in the order of their names.</param>
internal sealed class BoardRanks(Better better, CellTotals lows, CellTotals highs, IReadOnlyList<KeyValuePair<string, int>> vendors)
{
    public BoardSummary Summary() => new(lows.All, [.. vendors.Select(vendor => vendor.Key)]);

    public IReadOnlyList<RankInterval> RanksOf(IReadOnlyList<RankedInterval> values) => [.. values.Select(RankOf)];

    /// <summary>Writes the cells that are not empty, a few bytes each.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(16 * 1_024);
        using var writer = new BinaryWriter(bytes);
        lows.Write(writer);
        highs.Write(writer);
        writer.Write7BitEncodedInt(vendors.Count);
        foreach (var (vendor, count) in vendors)
        {
            writer.Write(vendor);
            writer.Write7BitEncodedInt(count);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static BoardRanks Of(Better better, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var (lows, highs) = (CellTotals.Read(reader), CellTotals.Read(reader));
        var vendors = new KeyValuePair<string, int>[reader.Read7BitEncodedInt()];
        foreach (ref var vendor in vendors.AsSpan())
            vendor = new(reader.ReadString(), reader.Read7BitEncodedInt());
        return new BoardRanks(better, lows, highs, vendors);
    }

    // Surely better are, where higher is better, those that begin above this one's end; where lower is, those that end below its beginning.
    private RankInterval RankOf(RankedInterval value)
    {
        var total = lows.All;
        var (beginAbove, endBelow) = (total - lows.UpTo(RankGrid.Ceiling(value.High)), highs.UpTo(RankGrid.Floor(value.Low) - 1));
        var (surelyBetter, surelyWorse) = better == Better.Higher ? (beginAbove, endBelow) : (endBelow, beginAbove);

        // It may be asked for what has just come and is not counted yet: its place is still one.
        return new RankInterval(1 + surelyBetter, Math.Max(1 + surelyBetter, total - surelyWorse), Math.Max(total, 1));
    }
}
