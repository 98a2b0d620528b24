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
/// How many intervals of one board begin and end in each cell. A result is surely better than another where their intervals
/// do not touch, so a place is an interval as well: from 1 + the surely better ones to all that are not surely worse.
/// </summary>
internal sealed class BoardRanks(Better better)
{
    private readonly Lock gate = new();
    private readonly int[] lows = new int[RankGrid.Size];
    private readonly int[] highs = new int[RankGrid.Size];
    private readonly SortedDictionary<string, int> vendors = new(StringComparer.OrdinalIgnoreCase);
    private int[]? lowsUpTo; // running totals, made when somebody asks after a change
    private int[]? highsUpTo;
    private int total;

    public BoardSummary Summary()
    {
        lock (gate)
            return new BoardSummary(total, [.. vendors.Keys]);
    }

    public IReadOnlyList<RankInterval> RanksOf(IReadOnlyList<RankedInterval> values)
    {
        lock (gate)
        {
            lowsUpTo ??= UpTo(lows);
            highsUpTo ??= UpTo(highs);
            return [.. values.Select(RankOf)];
        }
    }

    /// <summary>An interval enters (1) or leaves (-1).</summary>
    public void Apply(RankedInterval value, string vendor, int by)
    {
        lock (gate)
        {
            lows[RankGrid.Floor(value.Low)] += by;
            highs[RankGrid.Ceiling(value.High)] += by;
            total += by;
            if ((vendors[vendor] = vendors.GetValueOrDefault(vendor) + by) == 0)
                vendors.Remove(vendor);
            lowsUpTo = highsUpTo = null;
        }
    }

    /// <summary>Writes the cells that are not empty, a few bytes each.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(16 * 1_024);
        using var writer = new BinaryWriter(bytes);
        lock (gate)
        {
            Write(writer, lows);
            Write(writer, highs);
            writer.Write7BitEncodedInt(vendors.Count);
            foreach (var (vendor, count) in vendors)
            {
                writer.Write(vendor);
                writer.Write7BitEncodedInt(count);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static BoardRanks Of(Better better, byte[] bytes)
    {
        var ranks = new BoardRanks(better);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        ranks.total = Read(reader, ranks.lows);
        Read(reader, ranks.highs);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            ranks.vendors.Add(reader.ReadString(), reader.Read7BitEncodedInt());
        return ranks;
    }

    private static void Write(BinaryWriter writer, int[] counts)
    {
        writer.Write7BitEncodedInt(counts.Length - counts.AsSpan().Count(0));
        var last = 0;
        for (var cell = 0; cell < counts.Length; cell++)
        {
            if (counts[cell] == 0)
                continue;
            writer.Write7BitEncodedInt(cell - last);
            writer.Write7BitEncodedInt(counts[cell]);
            last = cell;
        }
    }

    private static int Read(BinaryReader reader, int[] counts)
    {
        var (cell, sum) = (0, 0);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            cell += reader.Read7BitEncodedInt();
            counts[cell] = reader.Read7BitEncodedInt();
            sum += counts[cell];
        }

        return sum;
    }

    private static int[] UpTo(int[] counts)
    {
        var sums = new int[counts.Length];
        var sum = 0;
        for (var cell = 0; cell < counts.Length; cell++)
            sums[cell] = sum += counts[cell];
        return sums;
    }

    // Surely better are, where higher is better, those that begin above this one's end; where lower is, those that end below its beginning.
    private RankInterval RankOf(RankedInterval value)
    {
        var (low, high) = (RankGrid.Floor(value.Low), RankGrid.Ceiling(value.High));
        var (beginAbove, endBelow) = (total - lowsUpTo![high], low == 0 ? 0 : highsUpTo![low - 1]);
        var (surelyBetter, surelyWorse) = better == Better.Higher ? (beginAbove, endBelow) : (endBelow, beginAbove);

        // It may be asked for what has just come and is not counted yet: its place is still one.
        return new RankInterval(1 + surelyBetter, Math.Max(1 + surelyBetter, total - surelyWorse), Math.Max(total, 1));
    }
}
