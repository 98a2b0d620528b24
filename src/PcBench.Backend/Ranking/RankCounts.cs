using PcBench.Contracts;
using PcBench.Platform.Data;

namespace PcBench.Backend.Ranking;

/// <summary>All boards counted: made by reading every standing once, kept up by applying changes.</summary>
internal sealed class RankCounts
{
    private readonly Dictionary<string, BoardCounts> byName;
    private readonly BoardCounts?[] byNumber;

    public RankCounts(BoardNumbers numbers)
    {
        byName = Board.All.ToDictionary(board => board.Name, board => new BoardCounts(board.Better));
        byNumber = new BoardCounts?[numbers.All.Max() + 1];
        foreach (var (name, counts) in byName)
            byNumber[numbers.Of(name)] = counts;
    }

    /// <summary>Results that count, by CPU model.</summary>
    public Dictionary<int, int> Cpus { get; } = [];

    /// <summary>The places on a board as of now.</summary>
    public BoardRanks Of(Board board) => byName[board.Name].Ranks;

    public void Apply(StandingChange change)
    {
        Cpus[change.CpuNo] = Cpus.GetValueOrDefault(change.CpuNo) + change.By;
        foreach (var value in change.Values)
        {
            // A newer release may have boards that this one does not know.
            if (value.BoardNo < byNumber.Length)
                byNumber[value.BoardNo]?.Apply(value.Interval, change.Vendor, change.By);
        }
    }

    /// <summary>Counts everything.</summary>
    /// <param name="statement">Makes a statement of the store, or of a transaction whose view is to be counted.</param>
    /// <param name="numbers">The boards' numbers.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<RankCounts> ReadAsync(Func<string, Statement> statement, BoardNumbers numbers, CancellationToken cancel)
    {
        var counts = new RankCounts(numbers);
        var boards = numbers.All;
        var columns = string.Join(", ", boards.Select(no => $"v{no}, f{no}"));
        await statement($"select cpu_no, vendor, {columns} from standing").EachAsync(
            row =>
            {
                var cpuNo = row.GetInt32(0);
                var vendor = string.Intern(row.GetString(1)); // a handful of names
                counts.Cpus[cpuNo] = counts.Cpus.GetValueOrDefault(cpuNo) + 1;
                for (var i = 0; i < boards.Count; i++)
                {
                    if (!row.IsDBNull(2 + 2 * i))
                        counts.byNumber[boards[i]]!.Apply(KeptValue.IntervalOf(row.GetFloat(2 + 2 * i), row.GetFloat(3 + 2 * i)), vendor, 1);
                }
            },
            cancel);
        return counts;
    }
}
