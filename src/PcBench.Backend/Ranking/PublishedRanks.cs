using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using PcBench.Backend.Telemetry;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;
using PcBench.Platform.Redis;
using StackExchange.Redis;

namespace PcBench.Backend.Ranking;

/// <summary>
/// The ranks that <see cref="RankKeeper"/> publishes in Redis: for each board the cells that are not empty. A replica fetches
/// a board when it is asked for and has changed. Without Redis it counts for itself, now and then.
/// </summary>
internal sealed partial class PublishedRanks(
    Database database, BoardNumbers numbers, RedisServer redis, BackendMetrics metrics, TimeProvider time, ILogger<PublishedRanks> logger) : IRankStore, IDisposable
{
    private static readonly TimeSpan RecountEvery = TimeSpan.FromSeconds(30);

    // Only one that counts may publish, and of two the later: KEYS are the version and the boards, ARGV term, fold, force, boards.
    private const string Publish = """
        local term = redis.call('hget', KEYS[1], 'term')
        if term and tonumber(term) > tonumber(ARGV[1]) and ARGV[3] == '0' then return 0 end
        redis.call('hset', KEYS[1], 'term', ARGV[1], 'fold', ARGV[2])
        for i = 2, #KEYS do redis.call('set', KEYS[i], ARGV[i + 2]) end
        return 1
        """;
    private const string AddChange = "insert into standing_change (body) values (@body)";

    private static readonly RedisValue[] VersionFields = ["term", "fold"];

    private readonly ConcurrentDictionary<short, (RankVersion Version, Task<BoardRanks> Ranks)> boards = new();
    private readonly SemaphoreSlim recounting = new(1, 1);
    private Own? own;
    private long currentAt;

    /// <summary>What this replica counted for itself.</summary>
    private sealed record Own(RankCounts Counts, long At);

    /// <summary>The counts of this replica, while it is the one that counts.</summary>
    public RankCounts? Live { get; set; }

    /// <summary>The version in Redis as of the last look; null where there is none or it cannot be seen.</summary>
    public RankVersion? Version { get; private set; }

    private RedisKey VersionKey => redis.Key("ranks:version");

    public async ValueTask<BoardSummary> SummaryAsync(Board board, CancellationToken cancel) => (await OfAsync(board, cancel)).Summary();

    public async ValueTask<IReadOnlyList<RankInterval>> RanksAsync(Board board, IReadOnlyList<RankedInterval> values, CancellationToken cancel) =>
        (await OfAsync(board, cancel)).RanksOf(values);

    public Task NoteAsync(Write write, IReadOnlyCollection<StandingChange> changes, CancellationToken cancel) =>
        write.Sql(AddChange).With("body", StandingChange.ToBytes(changes)).ExecuteAsync(cancel);

    /// <summary>Time since these ranks were known to be those of the store: by the one that counts, or by a look at what it published.</summary>
    public TimeSpan? Age => Volatile.Read(ref currentAt) is > 0 and var at ? time.GetElapsedTime(at) : null;

    /// <summary>Says that there was nothing left to count.</summary>
    public void IsCurrent() => Volatile.Write(ref currentAt, time.GetTimestamp());

    /// <summary>Looks which version there is; called by each replica many times a second.</summary>
    public async Task LookAsync()
    {
        var (done, version) = await redis.TryAsync(database => database.HashGetAsync(VersionKey, VersionFields));
        Version = done && version is [{ HasValue: true } term, { HasValue: true } fold] ? new RankVersion((long)term, (long)fold) : null;
        if (Version is null)
            return;
        if (!IsFresh(own))
            own = null; // older than what is published; an outage to come begins with a count of its own
        if (Live is null)
            IsCurrent();
    }

    /// <summary>Whether this version is what Redis has; true also where Redis is away, for then it cannot be helped.</summary>
    public async Task<bool> IsThereAsync(RankVersion version)
    {
        await LookAsync();
        return Version == version || !redis.IsUp;
    }

    /// <summary>Publishes all boards.</summary>
    /// <returns>False where there are ranks of a later term, unless the caller is sure that it is the one who counts.</returns>
    public async Task<bool> PublishAsync(RankCounts counts, RankVersion version, bool isSure)
    {
        RedisKey[] keys = [VersionKey, .. Board.All.Select(KeyOf)];
        RedisValue[] values = [version.Term, version.Fold, isSure ? 1 : 0, .. Board.All.Select(board => (RedisValue)counts.Of(board).ToBytes())];
        var (done, taken) = await redis.TryAsync(database => database.ScriptEvaluateAsync(Publish, keys, values));
        if (done && (int)taken! == 1)
            Version = version;
        return !done || (int)taken! == 1;
    }

    /// <summary>How many boards in Redis are not what was counted.</summary>
    /// <returns>Null where Redis is away.</returns>
    public async Task<int?> DifferencesAsync(RankCounts counts)
    {
        var (done, values) = await redis.TryAsync(database => database.StringGetAsync([.. Board.All.Select(KeyOf)]));
        return done ? Board.All.Zip(values!).Count(board => !board.Second.HasValue || !counts.Of(board.First).ToBytes().AsSpan().SequenceEqual((byte[])board.Second!)) : null;
    }

    public void Dispose() => recounting.Dispose();

    private RedisKey KeyOf(Board board) => redis.Key($"ranks:board:{numbers.Of(board.Name)}");

    private async ValueTask<BoardRanks> OfAsync(Board board, CancellationToken cancel)
    {
        if (Live is { } live)
            return live.Of(board);
        var no = numbers.Of(board.Name);
        var known = boards.GetValueOrDefault(no);
        if (Version is { } version)
        {
            if (known.Ranks is null || known.Version != version)
            {
                // The first to ask fetches it for all others who ask meanwhile.
                var fetching = new TaskCompletionSource<BoardRanks>(TaskCreationOptions.RunContinuationsAsynchronously);
                var mine = (version, fetching.Task);
                var current = boards.AddOrUpdate(no, mine, (_, other) => other.Version == version ? other : mine);
                if (current.Ranks == fetching.Task)
                    await FetchAsync(board, no, fetching);
                known = current;
            }

            try
            {
                return await known.Ranks.WaitAsync(cancel);
            }
            catch (RedisException)
            {
                // It went away, or was emptied, between the look and the fetch.
            }
        }
        else if (known.Ranks is { IsCompletedSuccessfully: true } && redis.IsUp)
        {
            return await known.Ranks; // Redis was emptied: it is filled again in a moment
        }

        return await OwnAsync(board, known.Ranks is { IsCompletedSuccessfully: true } ? await known.Ranks : null, cancel);
    }

    private async Task FetchAsync(Board board, short no, TaskCompletionSource<BoardRanks> fetching)
    {
        try
        {
            var (done, bytes) = await redis.TryAsync(database => database.StringGetAsync(KeyOf(board)));
            if (done && bytes.HasValue)
            {
                fetching.SetResult(BoardRanks.Of(board.Better, bytes!));
                return;
            }
        }
        catch (Exception error)
        {
            Log.Unreadable(logger, error, board.Name); // it is counted here; whoever asked meanwhile must not wait for ever
        }

        boards.TryRemove(no, out _);
        fetching.SetException(new RedisException("The ranks are not there."));
    }

    /// <summary>
    /// Counted here. It takes seconds where there are a million results, so the count before, or what was published last,
    /// serves those who ask meanwhile.
    /// </summary>
    private async ValueTask<BoardRanks> OwnAsync(Board board, BoardRanks? published, CancellationToken cancel)
    {
        var before = own;
        if (IsFresh(before))
            return before.Counts.Of(board);
        var meanwhile = before?.Counts.Of(board) ?? published;
        if (!await recounting.WaitAsync(meanwhile is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancel))
            return meanwhile!;
        try
        {
            var counted = own;
            if (!IsFresh(counted))
            {
                own = counted = new Own(await RankCounts.ReadAsync(database.Sql, numbers, cancel), time.GetTimestamp());
                metrics.RanksRebuilt();
                IsCurrent();
            }

            return counted.Counts.Of(board);
        }
        finally
        {
            recounting.Release();
        }
    }

    private bool IsFresh([NotNullWhen(true)] Own? counted) => counted is not null && time.GetElapsedTime(counted.At) < RecountEvery;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The published ranks of {Board} cannot be read")]
        public static partial void Unreadable(ILogger logger, Exception error, string board);
    }
}
