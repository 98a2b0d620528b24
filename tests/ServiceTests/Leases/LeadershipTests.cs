using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PcBench.Platform.Data;
using PcBench.Platform.Leases;

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

    private static Leadership Of(BackendApp app) =>
        new(app.Services.GetRequiredService<Database>(), TimeProvider.System, NullLogger<Leadership>.Instance);

    private static Task<bool> HoldsAsync(BackendApp app, Leadership leadership, Term term) =>
        app.Database.WriteAsync((write, cancel) => leadership.HoldsAsync(write, term, cancel), Cancel);
}
