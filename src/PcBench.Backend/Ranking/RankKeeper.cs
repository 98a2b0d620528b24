using Microsoft.Extensions.Options;
using PcBench.Backend.Telemetry;
using PcBench.Platform.Data;
using PcBench.Platform.Events;
using PcBench.Platform.Leases;

namespace PcBench.Backend.Ranking;

/// <summary>
/// Counts the ranks for all replicas; one of them does it at a time. It begins with a count of everything, then takes the
/// changes that transactions left, each exactly once, and publishes what came of it. Whoever follows it counts anew, so
/// nothing that was lost on the way stays lost.
/// </summary>
internal sealed partial class RankKeeper(
    Database database, BoardNumbers numbers, PublishedRanks published, Leadership leadership, Outbox outbox, EventSignal signal,
    IOptions<RankOptions> options, BackendMetrics metrics, TimeProvider time, ILogger<RankKeeper> logger) : BackgroundService
{
    /// <summary>The role; whoever holds it is the only one to take changes.</summary>
    public const string Role = "ranks";

    private const string Any = "select count(*) from (select 1 from standing_change limit 1) c";
    private const string Take = """
        delete from standing_change where no in (select no from standing_change order by no limit 200) returning body
        """;
    private const string View = "set transaction isolation level repeatable read";
    private const string InView = "select no from standing_change";
    private const string Forget = "delete from standing_change where no = any(@nos)";
    private const string CountCpus = """
        update cpu set results = results + c.by from (select unnest(@nos) as no, unnest(@bys) as by) c where cpu.no = c.no
        """;
    private const string SetCpus = """
        update cpu set results = coalesce(c.results, 0)
        from cpu k left join (select unnest(@nos) as no, unnest(@counts) as results) c on c.no = k.no
        where cpu.no = k.no and cpu.results <> coalesce(c.results, 0)
        """;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        database.Dialect == Dialect.Sqlite ? Task.CompletedTask : leadership.LeadAsync(Role, KeepAsync, stoppingToken);

    /// <summary>Counts everything anew, at once, whoever counts now; that one counts anew as well when it has the role back.</summary>
    /// <returns>Results counted, and boards that were not right before: null where Redis is away.</returns>
    public Task<(int Results, int? Wrong)> RebuildAsync(CancellationToken cancel) => leadership.SeizeAsync(
        Role,
        async (term, held) =>
        {
            var version = new RankVersion(term.Number, 0);
            var counts = await RecountAsync(term, version, held);
            var wrong = await published.DifferencesAsync(counts);
            await published.PublishAsync(counts, version, isSure: true);
            return (counts.Cpus.Values.Sum(), wrong);
        },
        cancel);

    private async Task KeepAsync(Term term, CancellationToken cancel)
    {
        var version = new RankVersion(term.Number, 0);
        var counts = await RecountAsync(term, version, cancel);
        Log.Counted(logger, term.Number);
        metrics.RanksRebuilt();
        try
        {
            await PublishAsync(counts, version, term, cancel);
            while (!cancel.IsCancellationRequested)
            {
                var wakeUp = signal.Next;
                if (await database.Sql(Any).NumberAsync(cancel) > 0)
                {
                    version = version with { Fold = version.Fold + 1 };
                    foreach (var change in await TakeAsync(term, version, cancel))
                        counts.Apply(change);
                    await PublishAsync(counts, version, term, cancel);

                    // Not for each of many commits: what comes in the meantime is taken together.
                    await Task.Delay(options.Value.Pause, time, cancel);
                    continue;
                }

                published.IsCurrent();
                if (!await published.IsThereAsync(version))
                    await PublishAsync(counts, version, term, cancel);
                await signal.WaitAsync(wakeUp, options.Value.Poll, cancel);
            }
        }
        finally
        {
            published.Live = null; // from here on another one's are newer
        }
    }

    private async Task PublishAsync(RankCounts counts, RankVersion version, Term term, CancellationToken cancel)
    {
        published.Live = counts;
        if (await published.PublishAsync(counts, version, isSure: false))
            return;

        // There are ranks of a later term: of one that followed this one, or of another database that was there before.
        if (await leadership.TryTakeAsync(Role, cancel) != term)
            throw Lost(term);
        await published.PublishAsync(counts, version, isSure: true);
    }

    /// <summary>Counts everything in one view of the store; the changes that are in that view are counted with it.</summary>
    private async Task<RankCounts> RecountAsync(Term term, RankVersion version, CancellationToken cancel)
    {
        var (counts, taken) = await database.WriteAsync(
            async (write, token) =>
            {
                await write.Sql(View).ExecuteAsync(token);
                var nos = await write.Sql(InView).ListAsync(row => row.GetInt64(0), token);
                return (await RankCounts.ReadAsync(write.Sql, numbers, token), nos);
            },
            cancel);
        await database.WriteAsync(
            async (write, token) =>
            {
                await HoldAsync(write, term, token);
                await write.Sql(Forget).With("nos", taken.ToArray()).ExecuteAsync(token);
                await write.Sql(SetCpus).With("nos", counts.Cpus.Keys.ToArray()).With("counts", counts.Cpus.Values.ToArray()).ExecuteAsync(token);
                await outbox.AddAsync(write, EventTypes.RankingChanged, "ranks", version.ToJson(), token);
            },
            cancel);
        return counts;
    }

    private Task<List<StandingChange>> TakeAsync(Term term, RankVersion version, CancellationToken cancel) => database.WriteAsync(
        async (write, token) =>
        {
            await HoldAsync(write, term, token);
            var bodies = await write.Sql(Take).ListAsync(row => row.GetBytes(0), token);
            var changes = bodies.SelectMany(StandingChange.Of).ToList();
            var cpus = changes.GroupBy(change => change.CpuNo, change => change.By).Select(cpu => (No: cpu.Key, By: cpu.Sum())).ToList();
            await write.Sql(CountCpus).With("nos", cpus.Select(cpu => cpu.No).ToArray()).With("bys", cpus.Select(cpu => cpu.By).ToArray()).ExecuteAsync(token);
            await outbox.AddAsync(write, EventTypes.RankingChanged, "ranks", version.ToJson(), token);
            return changes;
        },
        cancel);

    private async Task HoldAsync(Write write, Term term, CancellationToken cancel)
    {
        if (!await leadership.HoldsAsync(write, term, cancel))
            throw Lost(term);
    }

    private static OperationCanceledException Lost(Term term) => new($"The role {term.Role} has gone to another replica.");

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Counted all ranks, term {Term}")]
        public static partial void Counted(ILogger logger, long term);
    }
}
