using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PcBench.Platform.Health;
using PcBench.Platform.Redis;

namespace PcBench.ServiceTests.Telemetry;

public sealed class HealthTests
{
    [Fact]
    public async Task With_all_parts_there_it_is_healthy()
    {
        await using var app = await StartAsync(services => services
            .AddPart("postgres", HealthStatus.Unhealthy, "Nothing works.", (_, _) => ValueTask.FromResult(true)));

        var (status, body) = await AskAsync(app, "ready");

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe("""{"status":"healthy","parts":[{"name":"postgres","status":"healthy"}]}""");
    }

    [Fact]
    public async Task Without_Redis_it_is_degraded_and_says_what_that_means()
    {
        await using var app = await StartAsync(services =>
        {
            services.AddOptions<RedisOptions>().Configure(redis => redis.Configuration = "redis.internal:6379,password=secret");
            services.AddSingleton<RedisServer>();
            services.AddRedisPart();
        });

        var (status, body) = await AskAsync(app, "ready");

        status.ShouldBe(HttpStatusCode.OK);
        var answer = JsonElement.Parse(body);
        answer.GetProperty("status").GetString().ShouldBe("degraded");
        answer.GetProperty("parts")[0].GetProperty("detail").GetString()!.ShouldContain("replica");
        body.ShouldNotContain("secret");
        body.ShouldNotContain("redis.internal");
    }

    [Fact]
    public async Task Without_the_store_it_is_not_ready_and_tells_no_address()
    {
        await using var app = await StartAsync(services => services
            .AddPart("redis", HealthStatus.Degraded, "It is slower.", (_, _) => ValueTask.FromResult(false))
            .AddPart("postgres", HealthStatus.Unhealthy, "Nothing works.", (_, _) => throw new InvalidOperationException("Host=10.0.0.5;Password=secret")));

        var (status, body) = await AskAsync(app, "ready");

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        JsonElement.Parse(body).GetProperty("status").GetString().ShouldBe("unhealthy");
        body.ShouldContain("Nothing works.");
        body.ShouldNotContain("10.0.0.5");
        (await AskAsync(app, "live")).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(app, "startup")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_part_that_hangs_is_away_after_two_seconds_and_is_not_asked_again_meanwhile()
    {
        var time = new FakeTimeProvider();
        var asked = 0;
        var never = new TaskCompletionSource<bool>();
        await using var app = await StartAsync(services => services.AddSingleton<TimeProvider>(time)
            .AddPart("postgres", HealthStatus.Unhealthy, "Nothing works.", (_, _) =>
            {
                Interlocked.Increment(ref asked);
                return new ValueTask<bool>(never.Task); // it does not even listen to its token
            }));

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var asking = AskAsync(app, "ready");
            while (!asking.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(0.5));
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            (await asking).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_probes_within_a_second_ask_once()
    {
        var time = new FakeTimeProvider();
        var asked = 0;
        await using var app = await StartAsync(services => services.AddSingleton<TimeProvider>(time)
            .AddPart("postgres", HealthStatus.Unhealthy, "Nothing works.", (_, _) => ValueTask.FromResult(Interlocked.Increment(ref asked) > 0)));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AskAsync(app, "ready")));
        asked.ShouldBe(1);

        time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(app, "ready");
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task It_has_started_when_nobody_holds_the_gate()
    {
        await using var app = await StartAsync(_ => { }, start: false);
        var gate = app.Services.GetRequiredService<StartupGate>();
        var first = gate.Hold();
        var second = gate.Hold();
        await app.StartAsync(TestContext.Current.CancellationToken);

        first.Dispose();
        first.Dispose();
        (await AskAsync(app, "startup")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await AskAsync(app, "live")).Status.ShouldBe(HttpStatusCode.OK);

        second.Dispose();
        (await AskAsync(app, "startup")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_gate_waits_for_what_warms_up_but_not_until_the_service_is_given_up()
    {
        var time = new FakeTimeProvider();
        await using var app = await StartAsync(services => services.AddSingleton<TimeProvider>(time).AddHostedService<Endless>());
        (await AskAsync(app, "startup")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        time.Advance(WarmUp.AtMost);

        await Client.UntilAsync(async () => (await AskAsync(app, "startup")).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_warms_up_and_fails_stops_nothing()
    {
        await using var app = await StartAsync(services => services.AddHostedService<Failing>());

        await app.Services.GetServices<IHostedService>().OfType<Failing>().Single().ExecuteTask!;

        (await AskAsync(app, "startup")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Drain:Seconds", "121", "Drain:Seconds = 121", "Drain__Seconds")]
    [InlineData("Drain:Seconds", "-1", "Drain:Seconds = -1", "Drain__Seconds")]
    public async Task It_does_not_start_on_a_drain_that_cannot_be(string key, string value, string problem, string fix)
    {
        await using var app = await StartAsync(_ => { }, start: false, (key, value));

        var message = (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken))).Message;

        message.ShouldContain(problem);
        message.ShouldContain(fix);
    }

    [Fact]
    public async Task The_time_to_stop_has_room_for_the_drain()
    {
        await using var app = await StartAsync(_ => { }, start: false, ("Drain:Seconds", "15"));

        app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(40));
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> add, bool start = true, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        add(builder.Services);
        builder.Services.AddHealth();
        var app = builder.Build();
        app.MapHealth();
        if (start)
            await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(WebApplication app, string probe)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var answer = await http.GetAsync($"/health/{probe}", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Failing(StartupGate gate, TimeProvider time) : WarmUp(gate, time, NullLogger.Instance)
    {
        protected override Task WarmAsync(CancellationToken cancel) => Task.FromException(new InvalidOperationException("The store is away."));
    }

    private sealed class Endless(StartupGate gate, TimeProvider time) : WarmUp(gate, time, NullLogger.Instance)
    {
        protected override Task WarmAsync(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, cancel);
    }
}
