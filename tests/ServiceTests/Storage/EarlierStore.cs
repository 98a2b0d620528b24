using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PcBench.Backend;
using PcBench.Backend.Features;
using PcBench.Backend.Features.Documents;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Storage;

/// <summary>Writes an embedded store as the first release did: its two steps, and its rows by SQL.</summary>
internal sealed class EarlierStore(string path) : IAsyncDisposable
{
    private const int Steps = 2;
    private const string AddResult = """
        insert into result (
            no, id, owner_key, measurement, visibility, fit, counts, submitted_at, measured_at, cpu_no, cpu_name, vendor, microarchitecture,
            cores, threads, memory_mib, os, virtual, mainboard_no, headline_board, headline_value, headline_low, headline_high)
        values (
            @no, @id, @owner, @measurement, @visibility, @fit, @counts, @at, @at, @cpu, @name, @vendor, @microarchitecture,
            @cores, @threads, @memory, @os, 0, 1, @board, @value, @low, @high)
        """;
    private const string AddValue = """
        insert into board_value (result_no, board_no, value, low, high, vendor, cpu_no, cores, os, virtual, measured_at)
        values (@no, @board, @value, @low, @high, @vendor, @cpu, @cores, @os, 0, @at)
        """;

    private readonly Database database = new(new SqliteSource(path), Dialect.Sqlite);
    private int results;

    public async Task CreateAsync()
    {
        var steps = Migration.In(typeof(BackendBuilder).Assembly, Dialect.Sqlite).Take(Steps).ToList();
        await new MigrationRunner(database, TimeProvider.System, NullLogger<MigrationRunner>.Instance).RunAsync(steps, CancellationToken.None);
        foreach (var board in Board.All)
            await RunAsync("insert into board (name) values (@name)", ("name", board.Name));
        await RunAsync("insert into mainboard (name) values ('ASUS PRIME B650')");
    }

    /// <summary>A result with its values, its document and, where it was assessed, its verdict of 7 peers.</summary>
    public async Task AddAsync(ResultBuilder builder, Visibility visibility, Fit? fit)
    {
        var result = ResultReader.Read(builder.Signed(), TimeProvider.System.GetUtcNow()).Result!;
        var (machine, no, at) = (result.Document.Machine, ++results, result.Document.Run.StartedAt.ToUnixTimeMilliseconds());
        var counts = visibility == Visibility.Public && fit != Fit.Flagged;
        var cpu = await CpuAsync(machine.Cpu, counts);
        var values = Board.ValuesOf(result.Document.Workloads).ToList();
        await RunAsync(AddResult, ("no", no), ("id", result.Id), ("owner", result.PublicKey), ("measurement", result.Measurement), ("visibility", visibility),
            ("fit", fit), ("counts", counts), ("at", at), ("cpu", cpu), ("name", CpuName.Display(machine.Cpu.Model)), ("vendor", machine.Cpu.Vendor),
            ("microarchitecture", machine.Cpu.Microarchitecture), ("cores", machine.Cpu.Cores), ("threads", machine.Cpu.Threads),
            ("memory", machine.Memory.TotalMib), ("os", machine.Os.Family), ("board", NumberOf(values[0])), ("value", values[0].Value),
            ("low", values[0].Low), ("high", values[0].High));
        await RunAsync("insert into result_document (result_no, body) values (@no, @body)", ("no", no), ("body", DocumentStore.Compress(result.Bytes.Span)));
        foreach (var value in counts ? values : [])
        {
            await RunAsync(AddValue, ("no", no), ("board", NumberOf(value)), ("value", value.Value), ("low", value.Low), ("high", value.High),
                ("vendor", machine.Cpu.Vendor), ("cpu", cpu), ("cores", machine.Cpu.Cores), ("os", machine.Os.Family), ("at", at));
        }

        if (fit is { } verdict)
        {
            var body = JsonSerializer.Serialize(new Assessment(verdict, 7, [], "same-model/1"), ApiJson.Default.Assessment);
            await RunAsync("insert into assessment (result_no, peers, body) values (@no, 7, @body)", ("no", no), ("body", body));
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static int NumberOf(BoardValue value) => Board.All.Index().First(board => board.Item.Name == value.Board).Index + 1;

    private async Task<long> CpuAsync(CpuInfo cpu, bool counts)
    {
        var (id, name) = (CpuName.Id(cpu.Model), CpuName.Display(cpu.Model));
        await RunAsync("insert into cpu (id, name, vendor, microarchitecture, results) values (@id, @name, @vendor, @microarchitecture, 0) on conflict do nothing",
            ("id", id), ("name", name), ("vendor", cpu.Vendor), ("microarchitecture", cpu.Microarchitecture));
        await RunAsync("update cpu set results = results + @by where id = @id", ("id", id), ("by", counts));
        var no = (await database.Sql("select no from cpu where id = @id").With("id", id).NumberAsync(CancellationToken.None))!.Value;
        foreach (var word in SearchWords.Of(name))
            await RunAsync("insert into term (kind, word, no) values (0, @word, @no) on conflict do nothing", ("word", word), ("no", no));
        return no;
    }

    private async Task RunAsync(string sql, params (string Name, object? Value)[] values)
    {
        var statement = database.Sql(sql);
        foreach (var (name, value) in values)
            statement.With(name, value);
        await statement.ExecuteAsync(CancellationToken.None);
    }
}
