using System.Globalization;
using System.Text.Json.Nodes;
using P25.Tools;

namespace P25.Locks;

/// <summary>
/// Only one at a time changes a contour: a Lease in its namespace, renewed while the work goes on. Whoever finds it held waits until it is
/// given up, or has not been renewed for as long as it says, by his own clock, for clocks of two machines differ.
/// </summary>
internal sealed class ContourLock : IAsyncDisposable
{
    public const string Name = "p25-lock";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly Kubectl kubectl;
    private readonly TimeProvider time;
    private readonly TimeSpan life;
    private readonly string holder;
    private readonly CancellationTokenSource lost;
    private readonly CancellationTokenSource done = new();
    private Task renewing = Task.CompletedTask;

    private ContourLock(Kubectl kubectl, TimeProvider time, TimeSpan life, string holder)
    {
        (this.kubectl, this.time, this.life, this.holder) = (kubectl, time, life, holder);
        lost = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    /// <summary>Cancelled when somebody else has taken it, or may do so: the work must end.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Takes the lock.</summary>
    /// <param name="kubectl">In the contour's namespace.</param>
    /// <param name="time">The clock.</param>
    /// <param name="life">How long it lives without being renewed.</param>
    /// <param name="holder">Who, doing what, where: others are told this.</param>
    /// <param name="patience">How long to wait for another; zero refuses at once.</param>
    /// <param name="waiting">Told for whom one waits.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<ContourLock> TakeAsync(
        Kubectl kubectl, TimeProvider time, TimeSpan life, string holder, TimeSpan patience, Action<string> waiting, CancellationToken cancel)
    {
        var mine = new ContourLock(kubectl, time, life, holder);
        var began = time.GetTimestamp();
        string? seen = null;
        var seenAt = began;
        while (true)
        {
            var found = await kubectl.GetAsync(cancel, "lease", Name);
            var other = HolderOf(found);
            var version = (string?)found?["metadata"]?["resourceVersion"];
            if (version != seen)
            {
                (seen, seenAt) = (version, time.GetTimestamp());
                if (other is not null)
                    waiting(other);
            }

            var isStale = time.GetElapsedTime(seenAt) >= LifeOf(found, life);
            if ((other is null || isStale) && await mine.TryWriteAsync(found, cancel))
                break;
            if (other is not null && time.GetElapsedTime(began) >= patience)
                throw new P25Exception(P25ExitCodes.Locked, $"{kubectl.Namespace} is locked by {other}.", "Wait until it is done (--wait 10m), or see 'p25 doctor' where it died.");
            await Task.Delay(Poll, time, cancel);
        }

        mine.renewing = mine.RenewAsync();
        return mine;
    }

    /// <summary>Who holds a lease; null where nobody does.</summary>
    public static string? HolderOf(JsonNode? lease) => (string?)lease?["spec"]?["holderIdentity"] is { Length: > 0 } holder ? holder : null;

    /// <summary>How long ago it was renewed, by this machine's clock.</summary>
    public static TimeSpan? AgeOf(JsonNode? lease, DateTimeOffset now) =>
        DateTimeOffset.TryParse((string?)lease?["spec"]?["renewTime"], CultureInfo.InvariantCulture, out var renewed) ? now - renewed : null;

    public static TimeSpan LifeOf(JsonNode? lease, TimeSpan otherwise) =>
        (int?)lease?["spec"]?["leaseDurationSeconds"] is { } seconds ? TimeSpan.FromSeconds(seconds) : otherwise;

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await renewing;
        if (!lost.IsCancellationRequested)
            await GiveUpAsync();
        lost.Dispose();
        done.Dispose();
    }

    private async Task GiveUpAsync()
    {
        try
        {
            if (await kubectl.GetAsync(CancellationToken.None, "lease", Name) is { } found && HolderOf(found) == holder)
                await kubectl.TryWriteAsync(LeaseOf(found, ""), CancellationToken.None);
        }
        catch (P25Exception)
        {
            // The cluster is away; the lock runs out by itself.
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(life / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done.Token))
                await TryRenewAsync();
        }
        catch (OperationCanceledException)
        {
            // Done.
        }
    }

    private async Task TryRenewAsync()
    {
        try
        {
            var found = await kubectl.GetAsync(done.Token, "lease", Name);
            if (HolderOf(found) == holder)
                await TryWriteAsync(found, done.Token);
            else
                await lost.CancelAsync();
        }
        catch (P25Exception)
        {
            // The cluster does not answer: it may before the lock runs out.
        }
    }

    /// <summary>
    /// Writes that it is held. From before the call on it counts how long: another counts from when he saw it, which is later, so this one
    /// ends first, whether the cluster answers by then or not.
    /// </summary>
    private async Task<bool> TryWriteAsync(JsonNode? found, CancellationToken cancel)
    {
        var asked = time.GetTimestamp();
        if (!await kubectl.TryWriteAsync(LeaseOf(found, holder), cancel))
            return false;
        lost.CancelAfter(TimeSpan.FromTicks(Math.Max(0, (life - time.GetElapsedTime(asked)).Ticks)));
        return true;
    }

    private JsonObject LeaseOf(JsonNode? found, string who)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = new JsonObject
            {
                ["name"] = Name,
                ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "p25" },
                ["resourceVersion"] = (string?)found?["metadata"]?["resourceVersion"],
            },
            ["spec"] = new JsonObject
            {
                ["holderIdentity"] = who.Length == 0 ? null : who,
                ["leaseDurationSeconds"] = Math.Max(1, (int)life.TotalSeconds),
                ["renewTime"] = now,
                ["acquireTime"] = HolderOf(found) == who ? (string?)found?["spec"]?["acquireTime"] : now,
                ["leaseTransitions"] = ((int?)found?["spec"]?["leaseTransitions"] ?? 0) + (HolderOf(found) == who ? 0 : 1),
            },
        };
    }
}
