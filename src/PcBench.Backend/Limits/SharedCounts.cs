using System.Text;
using Microsoft.Extensions.Options;
using PcBench.Platform.Redis;
using StackExchange.Redis;

namespace PcBench.Backend.Limits;

/// <summary>What Redis said: so many may pass until its window ends, or none for so long. Times are in milliseconds.</summary>
internal readonly record struct SharedAnswer(int Granted, int Room, long Wait, long Left);

/// <summary>
/// The counts of all replicas together, in Redis. One script reads, decides and counts, by Redis's own clock, so that replicas
/// whose clocks differ agree. Names are hashes, and a count is gone two windows after its last request.
/// </summary>
internal sealed partial class SharedCounts(RedisServer redis, IOptions<LimitOptions> options, ILogger<SharedCounts> logger)
{
    // KEYS: the count. ARGV: limit, window in ms, the most to grant, the time in ms (empty: the server's).
    // The formula is WindowCount's. Of what is left one replica gets at most a tenth, so that the last ones go one by one.
    private const string Script = """
        local limit, window, most, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        if not now then
          local time = redis.call('TIME')
          now = time[1] * 1000 + math.floor(time[2] / 1000)
        end
        local number, left = math.floor(now / window), window - now % window
        local held = redis.call('HMGET', KEYS[1], 'number', 'current', 'previous')
        local current, previous = 0, 0
        if tonumber(held[1]) == number then
          current, previous = tonumber(held[2]), tonumber(held[3])
        elseif tonumber(held[1]) == number - 1 then
          previous = tonumber(held[2])
        end
        local room = math.floor((limit * window - previous * left) / window) - current
        if room < 1 then
          if current < limit then
            return {0, 0, left - math.floor((limit - 1 - current) * window / previous), left}
          end
          return {0, 0, left + window - math.floor((limit - 1) * window / current), left}
        end
        local granted = math.max(1, math.min(most, math.floor(room / 10)))
        redis.call('HSET', KEYS[1], 'number', number, 'current', current + granted, 'previous', previous)
        redis.call('PEXPIRE', KEYS[1], left + window)
        return {granted, room - granted, 0, left}
        """;

    private static readonly LimitSubject Nobody = new(UInt128.MaxValue);

    private readonly byte[] hashKey = Encoding.UTF8.GetBytes(options.Value.HashKey ?? "");
    private int doubted;
    private int probing;

    /// <summary>A time in milliseconds instead of Redis's own, for tests that cannot wait a minute.</summary>
    internal long? Now { get; set; }

    /// <summary>
    /// Whether Redis may be asked. After a failure a probe asks first, behind all requests, so that a server that hangs holds up
    /// those alone that were waiting when it began.
    /// </summary>
    public bool MayAsk()
    {
        if (!redis.IsUp)
            return false;
        if (Volatile.Read(ref doubted) == 0)
            return true;
        if (Interlocked.Exchange(ref probing, 1) == 0)
            _ = ProbeAsync();
        return false;
    }

    /// <summary>Asks for permits.</summary>
    /// <param name="limit">Which limit.</param>
    /// <param name="subject">Whose.</param>
    /// <param name="permits">How many pass in a window, over all replicas.</param>
    /// <param name="window">Its length in milliseconds.</param>
    /// <param name="most">How many to take for later at most.</param>
    /// <returns>Null where Redis did not answer.</returns>
    public async Task<SharedAnswer?> AskAsync(Limit limit, LimitSubject subject, int permits, int window, int most)
    {
        var key = redis.Key($"limit:{limit.Name()}:{subject.Hash(hashKey)}");
        try
        {
            var (done, answer) = await redis.TryAsync(database => database.ScriptEvaluateAsync(Script, [key], [permits, window, most, Now ?? RedisValue.EmptyString]));
            if (done)
            {
                var numbers = (long[])answer!;
                return new SharedAnswer((int)numbers[0], (int)numbers[1], numbers[2], numbers[3]);
            }

            Doubt("it is away");
        }
        catch (RedisException error)
        {
            // Out of memory, no rights, busy: a limit that cannot be counted there is still no reason to refuse a request.
            Doubt(error.Message);
        }

        return null;
    }

    private void Doubt(string reason)
    {
        if (Interlocked.Exchange(ref doubted, 1) == 0)
            Log.Alone(logger, reason);
    }

    private async Task ProbeAsync()
    {
        try
        {
            if (await AskAsync(Limit.ReadsPerAddress, Nobody, LimitOptions.Most, window: 1_000, most: 1) is null)
                return;
            Volatile.Write(ref doubted, 0);
            Log.Together(logger);
        }
        finally
        {
            Volatile.Write(ref probing, 0);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Limits are counted in this replica alone, for Redis does not count ({Reason})")]
        public static partial void Alone(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Limits are counted over all replicas again")]
        public static partial void Together(ILogger logger);
    }
}
