using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PcBench.Platform.Data;
using PcBench.Platform.Leases;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Leases;

public sealed class LeadershipTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_has_one_holder_and_each_time_of_holding_it_is_a_term_of_its_own()
    {
        await using var app = await BackendApp.OnAsync(Store.Replicated);
        app.CreateClient().Dispose();
        var (first, second) = (Of(app), Of(app));

        var term = (await first.TryTakeAsync("test", Cancel))!;
        (await first.TryTakeAsync("test", Cancel)).ShouldBe(term);
        (await second.TryTakeAsync("test", Cancel)).ShouldBeNull();
        (await HoldsAsync(app, first, term)).ShouldBeTrue();

        // What the one who has it left half done must not be taken for what it does now.
        await first.ReleaseAsync("test", Cancel);
        (await HoldsAsync(app, first, term)).ShouldBeFalse();
        var again = (await first.TryTakeAsync("test", Cancel))!;
        again.Number.ShouldBeGreaterThan(term.Number);

        var seized = await second.SeizeAsync("test", Cancel);
        seized.Number.ShouldBeGreaterThan(again.Number);
        (await HoldsAsync(app, first, again)).ShouldBeFalse();
        (await first.TryTakeAsync("test", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_role_that_cannot_be_renewed_ends_though_the_store_never_answers()
    {
        await using var app = await BackendApp.OnAsync(Store.Replicated);
        app.CreateClient().Dispose();
        var given = new NpgsqlConnectionStringBuilder(app.Shared!.Postgres);
        await using var proxy = TcpProxy.To(given.Host!, given.Port);
        (given.Host, given.Port, given.CommandTimeout, given.KeepAlive) = ("127.0.0.1", proxy.Port, 0, 0);
        await using var behind = new Database(PostgresSource.Create(given.ConnectionString), Dialect.Postgres);
        var (taken, lost) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var leading = new Leadership(behind, TimeProvider.System, NullLogger<Leadership>.Instance).LeadAsync("test", async (_, held) =>
        {
            taken.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lost.TrySetResult();
        }, stop.Token);
        await taken.Task.WaitAsync(Cancel);

        proxy.Hang();

        await lost.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        (await Of(app).SeizeAsync("test", Cancel)).Number.ShouldBeGreaterThan(1);
        await stop.CancelAsync();
        proxy.Restore();
        await leading;
    }

    private static Leadership Of(BackendApp app) =>
        new(app.Services.GetRequiredService<Database>(), TimeProvider.System, NullLogger<Leadership>.Instance);

    private static Task<bool> HoldsAsync(BackendApp app, Leadership leadership, Term term) =>
        app.Database.WriteAsync((write, cancel) => leadership.HoldsAsync(write, term, cancel), Cancel);
}
