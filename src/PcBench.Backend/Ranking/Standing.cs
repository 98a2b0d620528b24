using PcBench.Backend.Caching;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;

namespace PcBench.Backend.Ranking;

/// <summary>What the boards need to know of a result.</summary>
internal sealed record StandingResult(
    int No, string Id, int CpuNo, string CpuName, string Vendor, string? Microarchitecture, int Cores, int Threads, OsFamily Os, bool Virtual, DateTimeOffset MeasuredAt);

/// <summary>
/// Lets results that count onto the boards and takes them off again: values, ranks and freshness, all from one place, so
/// that they cannot part ways.
/// </summary>
internal sealed class Standing(IRankStore ranks, BoardNumbers numbers, Freshness freshness)
{
    private const string NameCpu = """
        update cpu set name = @name, vendor = @vendor, microarchitecture = @microarchitecture where no = @cpu and results = 0
        """;

    /// <summary>The table that holds the rows in the order of each board; of the embedded store the only one.</summary>
    public static string SortedIn(Dialect dialect) => dialect == Dialect.Postgres ? "standing_sorted" : "standing";

    /// <summary>The table that rows begin in; <see cref="StandingSorter"/> moves them on.</summary>
    public static string FreshIn(Dialect dialect) => dialect == Dialect.Postgres ? "standing_fresh" : "standing";

    /// <summary>Lets a result begin or cease to count where it did otherwise before.</summary>
    /// <param name="write">The transaction in which that is decided.</param>
    /// <param name="result">The result.</param>
    /// <param name="counted">Whether it counted before.</param>
    /// <param name="counts">Whether it counts now.</param>
    /// <param name="document">Its document; only needed where it counts now.</param>
    /// <param name="cancel">Stops it.</param>
    public Task ChangeAsync(Write write, StandingResult result, bool counted, bool counts, ResultDocument? document, CancellationToken cancel) => (counted, counts) switch
    {
        (false, true) => EnterAsync(write, result, numbers.Keep([.. Board.ValuesOf(document!.Workloads)]), cancel),
        (true, false) => LeaveAsync(write, result, cancel),
        _ => Task.CompletedTask,
    };

    /// <summary>The result begins to count. The caller knows that it did not before.</summary>
    public async Task EnterAsync(Write write, StandingResult result, KeptValue[] values, CancellationToken cancel)
    {
        var columns = string.Concat(values.Select(value => $", v{value.BoardNo}, f{value.BoardNo}"));
        var parameters = string.Concat(values.Select(value => $", @v{value.BoardNo}, @f{value.BoardNo}"));
        var add = write.Sql($"""
            insert into {FreshIn(write.Dialect)} (result_no, cpu_no, vendor, cores, os, virtual, measured_at{columns})
            values (@result, @cpu, @vendor, @cores, @os, @virtual, @measured{parameters})
            """)
            .With("result", result.No).With("vendor", result.Vendor).With("cpu", result.CpuNo).With("cores", result.Cores)
            .With("os", result.Os).With("virtual", result.Virtual).With("measured", result.MeasuredAt.ToUnixTimeMilliseconds());
        foreach (var value in values)
            add.With($"v{value.BoardNo}", value.Value).With($"f{value.BoardNo}", value.Factor);
        await add.ExecuteAsync(cancel);
        await write.Sql(NameCpu).With("cpu", result.CpuNo).With("name", result.CpuName).With("vendor", result.Vendor)
            .With("microarchitecture", result.Microarchitecture).ExecuteAsync(cancel);
        await EnteredAsync(write, [new StandingChange(result.CpuNo, result.Vendor, Enters: true, values)], cancel);
    }

    /// <summary>Takes note of results that were put into the table in bulk.</summary>
    public Task EnteredAsync(Write write, IReadOnlyCollection<StandingChange> changes, CancellationToken cancel)
    {
        freshness.NoteChange(write);
        return ranks.NoteAsync(write, changes, cancel);
    }

    /// <summary>The result no longer counts. The caller knows that it did before.</summary>
    public async Task LeaveAsync(Write write, StandingResult result, CancellationToken cancel)
    {
        var boards = numbers.All;
        var values = await write.Sql($"select {string.Join(", ", boards.Select(no => $"v{no}, f{no}"))} from standing where result_no = @result")
            .With("result", result.No)
            .FirstAsync(
                row => boards.Index().Where(board => !row.IsDBNull(2 * board.Index))
                    .Select(board => new KeptValue(board.Item, row.GetFloat(2 * board.Index), row.GetFloat(2 * board.Index + 1))).ToArray(),
                cancel);

        // The fresh table first: where the row is just being moved this waits, and then it is in the other one.
        foreach (var table in new[] { FreshIn(write.Dialect), SortedIn(write.Dialect) }.Distinct())
            await write.Sql($"delete from {table} where result_no = @result").With("result", result.No).ExecuteAsync(cancel);
        await ranks.NoteAsync(write, [new StandingChange(result.CpuNo, result.Vendor, Enters: false, values ?? [])], cancel);
    }
}
