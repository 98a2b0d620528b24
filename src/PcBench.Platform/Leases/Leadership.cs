using Microsoft.Extensions.Logging;
using PcBench.Platform.Data;

namespace PcBench.Platform.Leases;

/// <summary>A time of holding a role. The number grows with each new holder, so that what an earlier one left can be told.</summary>
/// <param name="Role">What is done.</param>
/// <param name="Number">Which holder's time it is, from 1.</param>
public sealed record Term(string Role, long Number);

/// <summary>
/// Lets one of several replicas do what only one may: a row of the store says who, and until when. A holder that dies,
/// hangs or is cut off is followed within <see cref="Duration"/> and a try: 8 seconds.
/// </summary>
public sealed partial class Leadership(Database database, TimeProvider time, ILogger<Leadership> logger)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Try = TimeSpan.FromSeconds(2);

    // By the store's own clock: those of the replicas may differ.
    private const string Now = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
    private const string TakeOrRenew = $"""
        insert into lease as l (role, holder, term, until) values (@role, @holder, 1, {Now} + @duration)
        on conflict (role) do update set
            holder = excluded.holder, until = excluded.until, term = case when l.holder = excluded.holder then l.term else l.term + 1 end
        where l.holder = excluded.holder or l.until < {Now}
        returning term
        """;
    private const string Seize = $"""
        insert into lease as l (role, holder, term, until) values (@role, @holder, 1, {Now} + @duration)
        on conflict (role) do update set holder = excluded.holder, until = excluded.until, term = l.term + 1
        returning term
        """;

    // Nobody's: who takes it again begins a new term, also the one who had it.
    private const string Leave = "update lease set until = 0, holder = '' where role = @role and holder = @holder";
    private const string StillHeld = "update lease set until = greatest(until, " + Now + ") where role = @role and holder = @holder and term = @term";

    private readonly string holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7(time.GetUtcNow()):N}";

    /// <summary>Waits for the role and does the work for as long as it is held; begins again when it ends, until it is told to stop.</summary>
    /// <param name="role">Name of the role.</param>
    /// <param name="work">Cancelled when the role is lost.</param>
    /// <param name="stop">Ends it.</param>
    public async Task LeadAsync(string role, Func<Term, CancellationToken, Task> work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var asked = time.GetTimestamp();
                if (await TryTakeAsync(role, stop) is { } term)
                    await HoldAsync(term, asked, work, stop);
            }
            catch (OperationCanceledException)
            {
                if (stop.IsCancellationRequested)
                    return;
                Log.Lost(logger, role);
            }
            catch (Exception error)
            {
                Log.Failed(logger, error, role);
            }

            await Task.Delay(Try, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes a role that is free, or holds on to one that is held here.</summary>
    /// <returns>Null where another has it.</returns>
    public async Task<Term?> TryTakeAsync(string role, CancellationToken cancel) =>
        await database.Sql(TakeOrRenew).With("role", role).With("holder", holder).With("duration", (long)Duration.TotalMilliseconds)
            .NumberAsync(cancel) is { } number
            ? new Term(role, number)
            : null;

    /// <summary>Takes a role from whoever has it, does the work for as long as it is held, and gives it up.</summary>
    /// <returns>What came of the work.</returns>
    /// <exception cref="OperationCanceledException">It was lost in the middle.</exception>
    public async Task<T> SeizeAsync<T>(string role, Func<Term, CancellationToken, Task<T>> work, CancellationToken stop)
    {
        var (asked, result) = (time.GetTimestamp(), default(T));
        await HoldAsync(await SeizeAsync(role, stop), asked, async (term, held) => result = await work(term, held), stop);
        return result!;
    }

    /// <summary>Takes a role from whoever has it.</summary>
    public async Task<Term> SeizeAsync(string role, CancellationToken cancel) =>
        new(role, (await database.Sql(Seize).With("role", role).With("holder", holder).With("duration", (long)Duration.TotalMilliseconds).NumberAsync(cancel))!.Value);

    /// <summary>Gives a role up, so that the next one need not wait.</summary>
    public Task ReleaseAsync(string role, CancellationToken cancel) =>
        database.Sql(Leave).With("role", role).With("holder", holder).ExecuteAsync(cancel);

    /// <summary>Makes sure, inside of a transaction and until it ends, that the role is still this one's.</summary>
    public async Task<bool> HoldsAsync(Write write, Term term, CancellationToken cancel) =>
        await write.Sql(StillHeld).With("role", term.Role).With("holder", holder).With("term", term.Number).ExecuteAsync(cancel) == 1;

    /// <param name="term">What is held.</param>
    /// <param name="asked">When it was asked for: it ends no later than so much after that, whatever becomes of the store meanwhile.</param>
    /// <param name="work">Cancelled when the role is lost.</param>
    /// <param name="stop">Ends it.</param>
    private async Task HoldAsync(Term term, long asked, Func<Term, CancellationToken, Task> work, CancellationToken stop)
    {
        Log.Taken(logger, term.Role, term.Number);
        using var lease = new CancellationTokenSource(LeftOf(asked), time);
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Token);
        var renewing = RenewAsync(term, lease, held.Token);
        try
        {
            await work(term, held.Token);
        }
        finally
        {
            await lease.CancelAsync();
            await renewing;
            using var shortly = new CancellationTokenSource(Try, time);
            await ReleaseAsync(term.Role, shortly.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RenewAsync(Term term, CancellationTokenSource lease, CancellationToken held)
    {
        while (true)
        {
            await Task.Delay(Try, time, held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (held.IsCancellationRequested)
                return;
            try
            {
                var asked = time.GetTimestamp();
                if (await TryTakeAsync(term.Role, held) == term)
                    lease.CancelAfter(LeftOf(asked));
                else
                    await lease.CancelAsync();
            }
            catch (Exception)
            {
                // The store may be back before the time is over; until then nobody else can take the role either.
            }
        }
    }

    private TimeSpan LeftOf(long asked) => TimeSpan.FromTicks(Math.Max(0, (Duration - time.GetElapsedTime(asked)).Ticks));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Took the role {Role}, term {Term}")]
        public static partial void Taken(ILogger logger, string role, long term);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the role {Role}")]
        public static partial void Lost(ILogger logger, string role);

        [LoggerMessage(Level = LogLevel.Error, Message = "The role {Role} failed and is tried for again")]
        public static partial void Failed(ILogger logger, Exception error, string role);
    }
}
