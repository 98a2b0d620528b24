using Npgsql;
using NpgsqlTypes;
using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Submissions;

/// <summary>
/// Stores submissions in PostgreSQL in bulk: a column of values is one array, and a table is one statement however many
/// rows it gets.
/// </summary>
internal sealed class BulkSubmissions(Database database, BoardNumbers numbers, Standing standing, Outbox outbox) : ISubmissionStore
{
    // In the order of ids, so that two transactions with the same results wait for each other and do not lock each other up.
    private const string AddResults = """
        insert into result (
            id, owner_key, measurement, visibility, submitted_at, measured_at, cpu_no, cpu_name, vendor, microarchitecture,
            cores, threads, memory_mib, os, virtual, mainboard_no, headline_board, headline_value, headline_factor)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) as n (id, owner_key, measurement)
        where not exists (select 1 from result r where r.id = n.id) and not exists (select 1 from result r where r.measurement = n.measurement)
        order by id
        on conflict do nothing
        returning id, no
        """;
    // Each of these statements has one good plan, by the indexes. Without the first the server makes it again, at the price of running it;
    // without the second one that was made when the tables were small reads them whole when they are large.
    private const string PlanOnce = "select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)";

    // Deleting takes the row away and leaves a tombstone, in a transaction that may have ended while these were added: so the look comes after.
    private const string Tombstones = "select id from tombstone where id = any($1) union all select r.id from tombstone t join result r on r.measurement = t.measurement where t.measurement = any($2)";
    private const string TakeBack = "delete from result where id = any($1)";
    private const string AddBodies = "insert into result_document (result_no, body) select * from unnest($1, $2)";
    private const string NameCpus = """
        update cpu set name = n.name, vendor = n.vendor, microarchitecture = n.microarchitecture
        from unnest($1, $2, $3, $4) as n (no, name, vendor, microarchitecture)
        where cpu.no = n.no and cpu.results = 0 and (cpu.name, cpu.vendor, cpu.microarchitecture) is distinct from (n.name, n.vendor, n.microarchitecture)
        """;

    public Task<IReadOnlyList<Stored>> StoreAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancel) =>
        database.WriteAsync((write, token) => StoreAsync(write, arrivals, token), cancel);

    private async Task<IReadOnlyList<Stored>> StoreAsync(Write write, IReadOnlyList<Arrival> arrivals, CancellationToken cancel)
    {
        var numbersById = await AddResultsAsync(write, arrivals, cancel);

        var added = new List<(int No, Arrival Arrival)>(arrivals.Count);
        var answers = new Stored[arrivals.Count];
        for (var i = 0; i < arrivals.Count; i++)
        {
            // Twice in one batch: the first one is the new one.
            var result = arrivals[i].Result;
            if (numbersById.Remove(result.Id, out var no))
            {
                added.Add((no, arrivals[i]));
                answers[i] = new Stored(SubmissionFate.Stored, result.Visibility);
            }
            else
            {
                answers[i] = await Obstacles.FindAsync(write, result, cancel) ?? throw new InvalidOperationException($"Result {result.Id} was not stored, and nothing stands against it.");
            }
        }

        if (added.Count > 0)
            await AddRestAsync(write, added, cancel);
        return answers;
    }

    private async Task<Dictionary<string, int>> AddResultsAsync(Write write, IReadOnlyList<Arrival> arrivals, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)write.Connection);
        var (command, look) = (new NpgsqlBatchCommand(AddResults), new NpgsqlBatchCommand(Tombstones));
        var headlines = arrivals.Select(arrival => numbers.Keep([arrival.Result.Headline])[0]).ToArray();
        Add(command, NpgsqlDbType.Text, arrivals.Select(arrival => arrival.Result.Id));
        Add(command, NpgsqlDbType.Bytea, arrivals.Select(arrival => arrival.Result.OwnerKey));
        Add(command, NpgsqlDbType.Bytea, arrivals.Select(arrival => arrival.Result.Measurement));
        Add(command, NpgsqlDbType.Smallint, arrivals.Select(arrival => (short)arrival.Result.Visibility));
        Add(command, NpgsqlDbType.Bigint, arrivals.Select(arrival => arrival.Result.SubmittedAt.ToUnixTimeMilliseconds()));
        Add(command, NpgsqlDbType.Bigint, arrivals.Select(arrival => arrival.Result.MeasuredAt.ToUnixTimeMilliseconds()));
        Add(command, NpgsqlDbType.Integer, arrivals.Select(arrival => arrival.Hardware.CpuNo));
        Add(command, NpgsqlDbType.Text, arrivals.Select(arrival => CpuName.Display(CpuOf(arrival).Model)));
        Add(command, NpgsqlDbType.Text, arrivals.Select(arrival => CpuOf(arrival).Vendor));
        Add(command, NpgsqlDbType.Text, arrivals.Select(arrival => CpuOf(arrival).Microarchitecture));
        Add(command, NpgsqlDbType.Integer, arrivals.Select(arrival => CpuOf(arrival).Cores));
        Add(command, NpgsqlDbType.Integer, arrivals.Select(arrival => CpuOf(arrival).Threads));
        Add(command, NpgsqlDbType.Integer, arrivals.Select(arrival => arrival.Result.Machine.Memory.TotalMib));
        Add(command, NpgsqlDbType.Smallint, arrivals.Select(OsOf));
        Add(command, NpgsqlDbType.Smallint, arrivals.Select(VirtualOf));
        Add(command, NpgsqlDbType.Integer, arrivals.Select(arrival => arrival.Hardware.MainboardNo));
        Add(command, NpgsqlDbType.Smallint, headlines.Select(headline => headline.BoardNo));
        Add(command, NpgsqlDbType.Real, headlines.Select(headline => headline.Value));
        Add(command, NpgsqlDbType.Real, headlines.Select(headline => headline.Factor));
        Add(look, NpgsqlDbType.Text, arrivals.Select(arrival => arrival.Result.Id));
        Add(look, NpgsqlDbType.Bytea, arrivals.Select(arrival => arrival.Result.Measurement));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PlanOnce));
        batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(look);

        var added = new Dictionary<string, int>(arrivals.Count);
        var deleted = new List<string>();
        await using (var reader = await batch.ExecuteReaderAsync(cancel))
        {
            await reader.NextResultAsync(cancel); // of the settings
            while (await reader.ReadAsync(cancel))
                added.Add(reader.GetString(0), reader.GetInt32(1));
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
                deleted.Add(reader.GetString(0));
        }

        deleted.RemoveAll(id => !added.Remove(id));
        if (deleted.Count > 0)
        {
            await using var takeBack = new NpgsqlCommand(TakeBack, (NpgsqlConnection)write.Connection);
            takeBack.Parameters.Add(Column(NpgsqlDbType.Text, deleted));
            await takeBack.ExecuteNonQueryAsync(cancel);
        }

        return added;
    }

    private async Task AddRestAsync(Write write, List<(int No, Arrival Arrival)> added, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)write.Connection);
        var bodies = new NpgsqlBatchCommand(AddBodies);
        Add(bodies, NpgsqlDbType.Integer, added.Select(one => one.No));
        Add(bodies, NpgsqlDbType.Bytea, added.Select(one => one.Arrival.Result.Body));
        batch.BatchCommands.Add(bodies);

        var counting = added.Where(one => one.Arrival.Result.Visibility == Visibility.Public)
            .Select(one => (one.No, one.Arrival, Values: numbers.Keep(one.Arrival.Result.Values))).ToList();
        if (counting.Count > 0)
        {
            batch.BatchCommands.Add(StandingsOf(counting));
            batch.BatchCommands.Add(NamesOf(counting.Select(one => one.Arrival)));
        }

        await batch.ExecuteNonQueryAsync(cancel);
        if (counting.Count > 0)
        {
            await standing.EnteredAsync(
                write, [.. counting.Select(one => new StandingChange(one.Arrival.Hardware.CpuNo, CpuOf(one.Arrival).Vendor, Enters: true, one.Values))], cancel);
        }

        await outbox.AddAsync(write, [.. added.Select(one => one.Arrival.Result.Event)], cancel);
    }

    private NpgsqlBatchCommand StandingsOf(List<(int No, Arrival Arrival, KeptValue[] Values)> counting)
    {
        var boards = numbers.All;
        var command = new NpgsqlBatchCommand($"""
            insert into {Standing.FreshIn(Dialect.Postgres)} (result_no, cpu_no, vendor, cores, os, virtual, measured_at, {string.Join(", ", boards.Select(no => $"v{no}, f{no}"))})
            select * from unnest({string.Join(", ", Enumerable.Range(1, 7 + 2 * boards.Count).Select(i => $"${i}"))})
            """);
        Add(command, NpgsqlDbType.Integer, counting.Select(one => one.No));
        Add(command, NpgsqlDbType.Integer, counting.Select(one => one.Arrival.Hardware.CpuNo));
        Add(command, NpgsqlDbType.Text, counting.Select(one => CpuOf(one.Arrival).Vendor));
        Add(command, NpgsqlDbType.Integer, counting.Select(one => CpuOf(one.Arrival).Cores));
        Add(command, NpgsqlDbType.Smallint, counting.Select(one => OsOf(one.Arrival)));
        Add(command, NpgsqlDbType.Smallint, counting.Select(one => VirtualOf(one.Arrival)));
        Add(command, NpgsqlDbType.Bigint, counting.Select(one => one.Arrival.Result.MeasuredAt.ToUnixTimeMilliseconds()));
        foreach (var board in boards)
        {
            var (values, factors) = (new float?[counting.Count], new float?[counting.Count]);
            for (var i = 0; i < counting.Count; i++)
            {
                foreach (var value in counting[i].Values)
                {
                    if (value.BoardNo == board)
                        (values[i], factors[i]) = (value.Value, value.Factor);
                }
            }

            Add(command, NpgsqlDbType.Real, values);
            Add(command, NpgsqlDbType.Real, factors);
        }

        return command;
    }

    private static NpgsqlBatchCommand NamesOf(IEnumerable<Arrival> arrivals)
    {
        // In the order of numbers, for the same reason as above.
        var cpus = arrivals.DistinctBy(arrival => arrival.Hardware.CpuNo).OrderBy(arrival => arrival.Hardware.CpuNo).ToList();
        var command = new NpgsqlBatchCommand(NameCpus);
        Add(command, NpgsqlDbType.Integer, cpus.Select(arrival => arrival.Hardware.CpuNo));
        Add(command, NpgsqlDbType.Text, cpus.Select(arrival => CpuName.Display(CpuOf(arrival).Model)));
        Add(command, NpgsqlDbType.Text, cpus.Select(arrival => CpuOf(arrival).Vendor));
        Add(command, NpgsqlDbType.Text, cpus.Select(arrival => CpuOf(arrival).Microarchitecture));
        return command;
    }

    private static CpuInfo CpuOf(Arrival arrival) => arrival.Result.Machine.Cpu;

    private static short OsOf(Arrival arrival) => (short)arrival.Result.Machine.Os.Family;

    private static short VirtualOf(Arrival arrival) => (short)(arrival.Result.Machine.Hypervisor is null ? 0 : 1);

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, IEnumerable<T> column) => command.Parameters.Add(Column(type, column));

    private static NpgsqlParameter<T[]> Column<T>(NpgsqlDbType type, IEnumerable<T> column) => new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. column] };
}
