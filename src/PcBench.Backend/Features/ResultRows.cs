using System.Data.Common;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features;

/// <summary>A result in a list, before its place is known.</summary>
internal sealed record ListedResult(
    int No, string Id, short BoardNo, float Value, RankedInterval Interval, string CpuId, string CpuName, string Vendor,
    int Cores, int Threads, int MemoryMib, OsFamily Os, bool Virtual, DateTimeOffset MeasuredAt)
{
    /// <summary>Columns of result <c>r</c> and cpu <c>c</c>, after the board's number, value and factor.</summary>
    public const string Columns = "r.no, r.id, c.id, r.cpu_name, r.vendor, r.cores, r.threads, r.memory_mib, r.os, r.virtual, r.measured_at";

    public static ListedResult Map(DbDataReader row) => new(
        row.GetInt32(3), row.GetString(4), row.GetInt16(0), row.GetFloat(1), KeptValue.IntervalOf(row.GetFloat(1), row.GetFloat(2)), row.GetString(5),
        row.GetString(6), row.GetString(7), row.GetInt32(8), row.GetInt32(9), row.GetInt32(10), (OsFamily)row.GetInt32(11), row.GetFlag(12), row.GetTime(13));
}

/// <summary>Gives listed results their places.</summary>
internal sealed class ResultRows(IRankStore ranks, BoardNumbers numbers)
{
    /// <summary>Rows of one board.</summary>
    public async Task<IReadOnlyList<LeaderboardRow>> OnBoardAsync(Board board, IReadOnlyList<ListedResult> results, CancellationToken cancel)
    {
        var places = await ranks.RanksAsync(board, [.. results.Select(result => result.Interval)], cancel);
        return [.. results.Zip(places, RowOf)];
    }

    /// <summary>Rows of lists that mix boards: each row has the board it has its place on.</summary>
    public async Task<IReadOnlyList<LeaderboardRow>> MixedAsync(IReadOnlyList<ListedResult> results, CancellationToken cancel)
    {
        var rows = new List<LeaderboardRow>(results.Count);
        foreach (var result in results)
        {
            // A board that this version has no more has no places to give.
            if (numbers.Find(result.BoardNo) is { } board)
                rows.Add((await OnBoardAsync(board, [result], cancel))[0] with { Board = board.Name });
        }

        return rows;
    }

    private static LeaderboardRow RowOf(ListedResult result, RankInterval place) => new(
        result.Id, place, Rounded(result.Value), Rounded(result.Interval.Low), Rounded(result.Interval.High), result.CpuId, result.CpuName, result.Vendor,
        result.Cores, result.Threads, result.MemoryMib, result.Os, result.Virtual, result.MeasuredAt);

    // Seven digits are kept; those beyond them are not part of the value.
    private static double Rounded(double value) => value == 0 ? 0 : Math.Round(value, Math.Clamp(6 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
