using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.TestHost;
using PcBench.Platform.Events;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Events;

public sealed class EventTests
{
    [Fact]
    public async Task What_happens_to_a_result_is_told_in_order_and_handled_once()
    {
        var consumer = new RecordingConsumer("recorder");
        await using var app = new BackendApp();
        await using var host = app.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services.AddSingleton<IEventConsumer>(consumer)));
        var http = host.CreateClient();
        var mine = new ResultBuilder();
        var id = await http.SubmitAsync(mine);
        (await http.DeleteResultAsync(id, mine.Key.TokenFor(id))).Dispose();

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 4));

        consumer.Handled.Select(happened => happened.Type).ShouldBe(["ranking.changed", "result.submitted", "ranking.changed", "result.deleted"]);
        consumer.Handled.ShouldAllBe(happened => happened.Subject == (happened.Type == "ranking.changed" ? "ranks" : id));
        consumer.Handled.Select(happened => happened.Id).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task A_consumer_that_fails_gets_the_event_again_and_holds_up_no_other()
    {
        var failing = new RecordingConsumer("failing") { Failures = 3 };
        var healthy = new RecordingConsumer("healthy");
        await using var app = new BackendApp();
        await using var host = app.WithWebHostBuilder(builder => builder.ConfigureTestServices(services =>
            services.AddSingleton<IEventConsumer>(failing).AddSingleton<IEventConsumer>(healthy)));
        await host.CreateClient().SubmitAsync(new ResultBuilder(), "private");

        await Client.UntilAsync(() => Task.FromResult(healthy.Handled.Count == 1));
        await Client.UntilAsync(() => Task.FromResult(failing.Handled.Count == 1));
        failing.Failed.ShouldBe(3);
    }

    [Fact]
    public void Retries_wait_longer_each_time_and_end_after_an_hour()
    {
        var delays = Enumerable.Range(1, Retries.MaxAttempts - 1).Select(Retries.DelayAfter).ToList();
        delays[0].ShouldBe(TimeSpan.FromMilliseconds(100));
        delays.Zip(delays.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);
        delays.Max().ShouldBe(TimeSpan.FromMinutes(1));
        delays.Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay).ShouldBeInRange(TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(65));
    }
}
