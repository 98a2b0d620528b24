using System.Data.Common;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features;

/// <summary>A result in a list, before its place is known.</summary>
internal sealed record ListedResult(
    long No, string Id, long BoardNo, double Value, double Low, double High, string CpuId, string CpuName, string Vendor,
    int Cores, int Threads, int MemoryMib, OsFamily Os, bool Virtual, DateTimeOffset MeasuredAt)
{
    /// <summary>Columns of result <c>r</c> and cpu <c>c</c>, after the board's number, value, low and high.</summary>
    public const string Columns = "r.no, r.id, c.id, r.cpu_name, r.vendor, r.cores, r.threads, r.memory_mib, r.os, r.virtual, r.measured_at";

    public static ListedResult Map(DbDataReader row) => new(
        row.GetInt64(4), row.GetString(5), row.GetInt64(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetString(6), row.GetString(7),
        row.GetString(8), row.GetInt32(9), row.GetInt32(10), row.GetInt32(11), (OsFamily)row.GetInt32(12), row.GetFlag(13), row.GetTime(14));
}

/// <summary>Gives listed results their places.</summary>
internal sealed class ResultRows(IRankStore ranks, BoardNumbers numbers)
{
    /// <summary>Rows of one board.</summary>
    public async Task<IReadOnlyList<LeaderboardRow>> OnBoardAsync(Board board, IReadOnlyList<ListedResult> results, CancellationToken cancel)
    {
        var places = await ranks.RanksAsync(board, [.. results.Select(result => new RankedInterval(result.Low, result.High))], cancel);
        return [.. results.Zip(places, RowOf)];
    }

    /// <summary>Rows of lists that mix boards: each row has the board it has its place on.</summary>
    public async Task<IReadOnlyList<LeaderboardRow>> MixedAsync(IReadOnlyList<ListedResult> results, CancellationToken cancel)
    {
        var rows = new List<LeaderboardRow>(results.Count);
        foreach (var result in results)
        {
            // A board that this version has no more has no places to give.
            if (numbers.NameOf(result.BoardNo) is { } name && Board.Find(name) is { } board)
                rows.Add((await OnBoardAsync(board, [result], cancel))[0] with { Board = name });
        }

        return rows;
    }

    private static LeaderboardRow RowOf(ListedResult result, RankInterval place) => new(
        result.Id, place, result.Value, result.Low, result.High, result.CpuId, result.CpuName, result.Vendor,
        result.Cores, result.Threads, result.MemoryMib, result.Os, result.Virtual, result.MeasuredAt);
}
