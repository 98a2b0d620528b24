using StackExchange.Redis;

namespace PcBench.Platform.Events.Streams;

/// <summary>Entries to try again.</summary>
/// <param name="Due">Now.</param>
/// <param name="IsMany">Whether so many of this replica's fail that it is not the events: new ones would only join them.</param>
internal sealed record Again(IReadOnlyList<StreamPendingMessageInfo> Due, bool IsMany);

/// <summary>
/// Finds, in a group's pending list, what is to be tried again: this replica's own when the time after its last attempt is
/// over, another's when nobody touched it for so long that the replica must be gone.
/// </summary>
internal sealed class Overdue(string consumer, EventStream stream, Replica replica, TimeProvider time)
{
    private const int Page = 200;
    private const int MostRetrying = 1_000;

    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // By a clock that nobody sets.
    private long lookedAt;
    private TimeSpan? lookIn;
    private bool isMany;

    /// <summary>Remembers that an attempt failed just now.</summary>
    public void Expect(int attempt) => LookIn(Retries.DelayAfter(attempt));

    public async Task<Again> FindAsync()
    {
        if (lookIn is { } pause && time.GetElapsedTime(lookedAt) < pause)
            return new Again([], isMany);
        (lookedAt, lookIn) = (time.GetTimestamp(), Look);
        var due = new List<StreamPendingMessageInfo>();
        var own = 0;
        RedisValue? after = null;
        for (var count = Page; count == Page && due.Count < Page;)
        {
            var page = await stream.PendingAsync(consumer, Page, after);
            foreach (var entry in page)
            {
                own += IsOwn(entry) ? 1 : 0;
                var left = Pause(entry) - TimeSpan.FromMilliseconds(entry.IdleTimeInMilliseconds);
                if (left <= TimeSpan.Zero)
                    due.Add(entry);
                else
                    LookIn(left);
            }

            count = page.Length;
            after = count > 0 ? page[^1].MessageId : default(RedisValue?);
        }

        if (due.Count > 0)
            lookIn = null;
        isMany = own >= MostRetrying;
        return new Again(due, isMany);
    }

    /// <returns>Null where another replica was faster.</returns>
    public async Task<Delivery?> ClaimAsync(StreamPendingMessageInfo entry) =>
        await stream.ClaimAsync(consumer, replica.Name, Pause(entry), entry.MessageId) is { } claimed
            ? Delivery.Of(claimed, entry.DeliveryCount + 1)
            : null;

    private TimeSpan Pause(StreamPendingMessageInfo entry) => IsOwn(entry) ? Retries.DelayAfter(entry.DeliveryCount) : TakeOver;

    private bool IsOwn(StreamPendingMessageInfo entry) => entry.ConsumerName == replica.Name;

    private void LookIn(TimeSpan pause)
    {
        var after = time.GetElapsedTime(lookedAt) + pause;
        if (after < lookIn)
            lookIn = after;
    }
}
