using System.Text.Json;
using PcBench.Backend.Features.Cpus;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Ranking;

/// <summary>What the boards need to know of a result.</summary>
internal sealed record StandingResult(
    long No, string Id, long CpuNo, string CpuName, string Vendor, string? Microarchitecture, int Cores, OsFamily Os, bool Virtual, DateTimeOffset MeasuredAt);

/// <summary>
/// Lets results that count onto the boards and takes them off again: values, counts, ranks, caches and the event, all
/// from one place, so that they cannot part ways.
/// </summary>
internal sealed class Standing(IRankStore ranks, BoardNumbers numbers, CpuCache cpus, Outbox outbox)
{
    private const string AddValue = """
        insert into board_value (result_no, board_no, value, low, high, vendor, cpu_no, cores, os, virtual, measured_at)
        values (@result, @board, @value, @low, @high, @vendor, @cpu, @cores, @os, @virtual, @measured)
        """;
    private const string NameCpu = """
        update cpu set name = @name, vendor = @vendor, microarchitecture = @microarchitecture where no = @cpu and results = 0
        """;
    private const string CountCpu = "update cpu set results = results + @by where no = @cpu";
    private const string Mark = "update result set counts = @counts where no = @result";
    private const string Values = "select board_no, low, high from board_value where result_no = @result";
    private const string RemoveValues = "delete from board_value where result_no = @result";

    /// <summary>The result begins to count. The caller knows that it did not before.</summary>
    public async Task EnterAsync(Write write, StandingResult result, IReadOnlyList<BoardValue> values, CancellationToken cancel)
    {
        var add = write.Sql(AddValue)
            .With("result", result.No).With("vendor", result.Vendor).With("cpu", result.CpuNo).With("cores", result.Cores)
            .With("os", result.Os).With("virtual", result.Virtual).With("measured", result.MeasuredAt.ToUnixTimeMilliseconds());
        foreach (var value in values)
        {
            await add.With("board", numbers.Of(value.Board)).With("value", value.Value).With("low", value.Low).With("high", value.High)
                .ExecuteAsync(cancel);
        }

        await write.Sql(NameCpu).With("cpu", result.CpuNo).With("name", result.CpuName).With("vendor", result.Vendor)
            .With("microarchitecture", result.Microarchitecture).ExecuteAsync(cancel);
        await ChangedAsync(write, result, enters: true,
            [.. values.Select(value => new RankChange(value.Board, result.Vendor, value.Low, value.High, Enters: true))], cancel);
    }

    /// <summary>The result no longer counts. The caller knows that it did before.</summary>
    public async Task LeaveAsync(Write write, StandingResult result, CancellationToken cancel)
    {
        var values = await write.Sql(Values).With("result", result.No)
            .ListAsync(row => (Board: numbers.NameOf(row.GetInt64(0)), Low: row.GetDouble(1), High: row.GetDouble(2)), cancel);
        await write.Sql(RemoveValues).With("result", result.No).ExecuteAsync(cancel);
        await ChangedAsync(write, result, enters: false,
            [.. values.Where(value => value.Board is not null)
                .Select(value => new RankChange(value.Board!, result.Vendor, value.Low, value.High, Enters: false))], cancel);
    }

    private async Task ChangedAsync(Write write, StandingResult result, bool enters, IReadOnlyList<RankChange> changes, CancellationToken cancel)
    {
        await write.Sql(Mark).With("result", result.No).With("counts", enters).ExecuteAsync(cancel);
        await write.Sql(CountCpu).With("cpu", result.CpuNo).With("by", enters ? 1 : -1).ExecuteAsync(cancel);
        var boards = JsonSerializer.Serialize(changes.Select(change => change.Board).ToArray(), EventJson.Default.StringArray);
        await outbox.AddAsync(write, EventTypes.RankingChanged, result.Id, $$"""{"boards":{{boards}}}""", cancel);
        write.OnCommitted(() =>
        {
            cpus.Evict(result.CpuNo);
            return ranks.ApplyAsync(changes);
        });
    }
}
