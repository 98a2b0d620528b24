using PcBench.Platform.Redis;
using StackExchange.Redis;

namespace PcBench.Platform.Events.Streams;

/// <summary>
/// The stream in Redis: <c>events</c> with the fields <c>type</c>, <c>event</c> (the envelope) and, for a replay, <c>only</c>;
/// <c>events:wake</c>, the message that there is something new; <c>events:dead</c>, what could not be handled. Each command
/// throws what Redis or its absence throws; nothing is waited for with a blocked connection, which all would share.
/// </summary>
internal sealed class EventStream(RedisServer redis, StreamLimits limits)
{
    public const string TypeField = "type";
    public const string EventField = "event";
    public const string OnlyField = "only";

    private const int MostPending = 1_000;

    // All or nothing, and only onto what the caller knows: whoever adds to a stream that was emptied or set back would hide it.
    private const string Append = """
        if redis.call('EXISTS', KEYS[1]) == 0 then return false end
        local info = redis.call('XINFO', 'STREAM', KEYS[1])
        for i = 1, #info, 2 do
            if info[i] == 'last-generated-id' and info[i + 1] ~= ARGV[1] then return false end
        end
        local ids = {}
        for i = 3, #ARGV, 3 do
            if ARGV[i + 2] == '' then
                ids[#ids + 1] = redis.call('XADD', KEYS[1], '*', 'type', ARGV[i], 'event', ARGV[i + 1])
            else
                ids[#ids + 1] = redis.call('XADD', KEYS[1], '*', 'type', ARGV[i], 'event', ARGV[i + 1], 'only', ARGV[i + 2])
            end
        end
        redis.call('PUBLISH', ARGV[2], '')
        return ids
        """;

    private const string Forget = """
        local keep = {}
        for i = 3, #ARGV do keep[ARGV[i]] = true end
        local gone = 0
        for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', ARGV[1], 'COUNT', ARGV[2])) do
            if not keep[entry[1]] then gone = gone + redis.call('XDEL', KEYS[1], entry[1]) end
        end
        return gone
        """;

    // A replica that is gone leaves its name behind in each group; what it was given must be taken over first.
    private const string ForgetReplicas = """
        for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
            local values = {}
            for i = 1, #consumer, 2 do values[consumer[i]] = consumer[i + 1] end
            if values['pending'] == 0 and values['idle'] > tonumber(ARGV[2]) then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], values['name'])
            end
        end
        """;

    private readonly RedisKey key = redis.Key("events");
    private readonly RedisKey dead = redis.Key("events:dead");
    private readonly RedisChannel wake = RedisChannel.Literal(redis.Key("events:wake").ToString());

    /// <summary>Whether commands make sense now.</summary>
    public bool IsUp => redis.Database is not null;

    private IDatabase Redis => redis.Database ?? throw new OutageException("Redis does not answer.");

    /// <summary>Tells that a command failed; where Redis is away, nobody tries for a moment.</summary>
    /// <returns>Whether it is away.</returns>
    public bool Failed(Exception error)
    {
        if (error is not OutageException && !RedisServer.IsOutage(error))
            return false;
        redis.Failed(error);
        return true;
    }

    /// <summary>Calls back for each message that there is something new.</summary>
    /// <returns>Whether the connection is there; the subscription then outlives its interruptions.</returns>
    public async Task<bool> OnWakeAsync(Action woken)
    {
        if (!IsUp || redis.Subscriber is not { } subscriber)
            return false;
        await subscriber.SubscribeAsync(wake, (_, _) => woken());
        return true;
    }

    /// <returns>The last entry that was ever added; null where there is no stream.</returns>
    public async Task<StreamId?> LastIdAsync() =>
        await Redis.KeyExistsAsync(key) ? StreamId.Parse((await Redis.StreamInfoAsync(key)).LastGeneratedId) : null;

    /// <summary>Adds events and wakes the consumers.</summary>
    /// <param name="last">The last entry, as the caller knows it.</param>
    /// <param name="events">What to add.</param>
    /// <returns>Their ids; null, and nothing added, where another entry is the last or there is no stream.</returns>
    public async Task<StreamId[]?> AppendAsync(StreamId last, IReadOnlyList<OutboxEvent> events)
    {
        var values = new RedisValue[2 + (3 * events.Count)];
        (values[0], values[1]) = (last.ToString(), wake.ToString());
        for (var i = 0; i < events.Count; i++)
        {
            values[2 + (3 * i)] = events[i].Event.Type;
            values[3 + (3 * i)] = EventEnvelope.Write(events[i].Event);
            values[4 + (3 * i)] = events[i].OnlyFor ?? "";
        }

        var ids = await Redis.ScriptEvaluateAsync(Append, [key], values);
        return ids.IsNull ? null : [.. ((RedisValue[])ids!).Select(StreamId.Parse)];
    }

    /// <summary>Makes a consumer's group, to begin with the oldest entry there is.</summary>
    /// <param name="group">Name of the consumer.</param>
    /// <param name="createStream">Whether the stream is made too; only one who leads may do that.</param>
    public async Task AddGroupAsync(string group, bool createStream)
    {
        try
        {
            await Redis.StreamCreateConsumerGroupAsync(key, group, StreamPosition.Beginning, createStream);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // It is there.
        }
    }

    /// <summary>Whether a command failed because the stream or the group is not there.</summary>
    public static bool IsMissing(Exception error) =>
        error is RedisServerException { Message: var text }
        && (text.StartsWith("NOGROUP", StringComparison.Ordinal) || text.Contains("no such key", StringComparison.Ordinal) || text.Contains("requires the key to exist", StringComparison.Ordinal));

    /// <summary>Looks at the stream and all these groups in one moment.</summary>
    public async Task<Survey> SurveyAsync(IReadOnlyList<string> names)
    {
        var moment = Redis.CreateTransaction();
        var stream = moment.StreamInfoAsync(key);
        var groups = moment.StreamGroupInfoAsync(key);
        var pending = names.Select(name => moment.StreamPendingMessagesAsync(key, name, MostPending, RedisValue.Null)).ToArray();
        await moment.ExecuteAsync();
        await Task.WhenAll([stream, groups, .. pending]);

        var info = await stream;
        var byName = (await groups).ToDictionary(group => group.Name);
        var surveyed = new List<GroupSurvey>();
        for (var i = 0; i < names.Count; i++)
        {
            var ids = (await pending[i]).Select(message => StreamId.Parse(message.MessageId)).ToArray();
            var group = byName[names[i]];
            surveyed.Add(new GroupSurvey(names[i], StreamId.Parse(group.LastDeliveredId), group.Lag, ids, ids.Length < MostPending));
        }

        return new Survey(StreamId.Parse(info.LastGeneratedId), info.Length, surveyed);
    }

    /// <summary>The groups that there are, of this release or another; none where there is no stream.</summary>
    public async Task<StreamGroupInfo[]> GroupsAsync() =>
        await Redis.KeyExistsAsync(key) ? await Redis.StreamGroupInfoAsync(key) : [];

    /// <summary>Takes the oldest entries away that all have acknowledged.</summary>
    /// <returns>How many went.</returns>
    public async Task<long> ForgetAsync(StreamId horizon, IReadOnlyList<StreamId> except, long count) =>
        (long)await Redis.ScriptEvaluateAsync(
            Forget, [key], [horizon.ToString(), count + except.Count, .. except.Select(id => (RedisValue)id.ToString())]);

    /// <summary>Takes the names of replicas out of a group that have not shown for long and hold nothing.</summary>
    public Task ForgetReplicasAsync(string group) =>
        Redis.ScriptEvaluateAsync(ForgetReplicas, [key], [group, (long)TimeSpan.FromHours(limits.GoneHours).TotalMilliseconds]);

    /// <summary>Gives a replica the next entries of a group.</summary>
    public Task<StreamEntry[]> ReadAsync(string group, string replica, int count) =>
        Redis.StreamReadGroupAsync(key, group, replica, StreamPosition.NewMessages, count);

    /// <summary>What a group was given and has not acknowledged.</summary>
    /// <param name="group">Name of the consumer.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="after">Those after this one; null for the first.</param>
    public Task<StreamPendingMessageInfo[]> PendingAsync(string group, int count, RedisValue? after = null) =>
        Redis.StreamPendingMessagesAsync(key, group, count, RedisValue.Null, after is { } id ? (RedisValue)$"({id}" : default(RedisValue?));

    /// <summary>Takes an entry that nobody touched for a while, which counts as another attempt.</summary>
    /// <returns>Null where somebody else was faster, or it is gone.</returns>
    public async Task<StreamEntry?> ClaimAsync(string group, string replica, TimeSpan untouched, RedisValue id)
    {
        var entries = await Redis.StreamClaimAsync(key, group, replica, (long)untouched.TotalMilliseconds, [id]);
        return entries is [{ IsNull: false } entry] ? entry : null;
    }

    public Task AcknowledgeAsync(string group, RedisValue[] ids) => ids.Length == 0 ? Task.CompletedTask : Redis.StreamAcknowledgeAsync(key, group, ids);

    /// <returns>An entry; null where it is gone.</returns>
    public async Task<StreamEntry?> FindAsync(RedisValue id) => await Redis.StreamRangeAsync(key, id, id) is [var entry] ? entry : null;

    /// <summary>Shows a dead letter to those who watch Redis; the store has it too.</summary>
    public Task AddDeadAsync(string consumer, string envelope, int attempts, string cause) =>
        Redis.StreamAddAsync(
            dead, [new("consumer", consumer), new("attempts", attempts), new("cause", cause), new(EventField, envelope)],
            maxLength: limits.Dead, useApproximateMaxLength: true);
}
