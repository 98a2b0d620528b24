using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using PcBench.Backend.Features.Submissions;
using PcBench.Platform.Data;
using PcBench.Platform.Events;
using PcBench.Platform.Events.Admin;
using PcBench.Platform.Redis;

namespace PcBench.ServiceTests.Events;

/// <summary>Events within one process, on the embedded store.</summary>
public sealed class EmbeddedHubTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-test-").FullName;
    private readonly RecordingConsumer consumer = new("consumer") { BatchSize = 20 };
    private ServiceProvider services = null!;

    private Database Database => services.GetRequiredService<Database>();

    private EventAdmin Admin => services.GetRequiredService<EventAdmin>();

    public async ValueTask InitializeAsync()
    {
        var parts = new ServiceCollection().AddLogging();
        parts.Configure<DataOptions>(options => options.Folder = folder);
        parts.AddOptions<RedisOptions>();
        parts.AddSingleton(new Database(new SqliteSource(Path.Combine(folder, "pcbench.db")), Dialect.Sqlite));
        parts.AddSingleton<IEventConsumer>(consumer);
        parts.AddEventHub();
        services = parts.BuildServiceProvider();
        await new MigrationRunner(Database, TimeProvider.System, NullLogger<MigrationRunner>.Instance)
            .RunAsync(Migration.In(typeof(SubmissionOptions).Assembly, Dialect.Sqlite), Cancel);
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(Cancel);
    }

    [Fact]
    public async Task Events_come_in_batches_and_one_that_fails_costs_no_other()
    {
        consumer.Before = happened => happened.Subject == "7" ? throw new InvalidOperationException("no 7") : Task.CompletedTask;

        await AddAsync(50);

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 49));
        consumer.Batches.Max().ShouldBe(20);
        await Client.UntilAsync(async () => (await Admin.PendingAsync("consumer", 10, Cancel)) is [{ Subject: "7" }]);
        consumer.Before = _ => Task.CompletedTask;
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 50));
    }

    [Fact]
    public async Task What_is_dead_is_listed_with_its_cause_and_can_be_replayed()
    {
        consumer.Before = _ => throw new InvalidOperationException("no good");
        await AddAsync(2);
        await Client.UntilAsync(async () => (await Admin.StatusAsync(Cancel)).Single().Pending == 2);
        await Database.WriteAsync((write, token) => write.Sql("update delivery set attempts = 69, due_at = 0").ExecuteAsync(token), Cancel);

        await Client.UntilAsync(async () => (await Admin.StatusAsync(Cancel)).Single().Dead == 2);
        var letters = await Admin.DeadAsync(null, 10, Cancel);
        letters.ShouldAllBe(letter => letter.Attempts == Retries.MaxAttempts && letter.Cause == "InvalidOperationException: no good");

        consumer.Before = _ => Task.CompletedTask;
        (await Admin.ReplayAsync("consumer", letters[0].EventId, Cancel)).ShouldBeTrue();
        (await Admin.ReplayAsync("consumer", "another", Cancel)).ShouldBeFalse();
        (await Admin.ReplayAllAsync("consumer", Cancel)).ShouldBe(1);
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 2));

        // It is marked as handled after it was.
        await Client.UntilAsync(async () => (await Admin.StatusAsync(Cancel)).Single() == new ConsumerStatus("consumer", true, 0, 0, null, 0));
    }

    [Fact]
    public async Task What_was_to_be_tried_by_a_clock_that_was_set_back_since_is_tried_now()
    {
        consumer.Before = _ => throw new InvalidOperationException("not yet");
        await AddAsync(1);
        await Client.UntilAsync(async () => (await Admin.StatusAsync(Cancel)).Single().Pending == 1);
        await Client.UntilAsync(async () => await Database.WriteAsync(
            (write, token) => write.Sql("update delivery set due_at = due_at + 3600000 where attempts > 0").ExecuteAsync(token), Cancel) == 1);

        consumer.Before = _ => Task.CompletedTask;

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));
    }

    [Fact]
    public async Task An_event_from_outside_is_told()
    {
        var id = await Admin.PublishAsync("release.finished", "1.2.0", "{}", Cancel);

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));
        consumer.Handled.Single().Id.ShouldBe(id);
        await Should.ThrowAsync<ArgumentException>(() => Admin.PublishAsync("Release", "1.2.0", "{}", Cancel));
    }

    [Fact]
    public void Several_replicas_without_Redis_do_not_start()
    {
        var embedded = Microsoft.Extensions.Options.Options.Create(new DataOptions());
        var postgres = Microsoft.Extensions.Options.Options.Create(new DataOptions { Postgres = "Host=db" });

        new HubOptionsCheck(embedded).Validate(null, new RedisOptions()).Succeeded.ShouldBeTrue();
        new HubOptionsCheck(postgres).Validate(null, new RedisOptions { Configuration = "redis:6379" }).Succeeded.ShouldBeTrue();
        new HubOptionsCheck(postgres).Validate(null, new RedisOptions()).FailureMessage!.ShouldStartWith("Redis:Configuration is missing");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.GetServices<IHostedService>())
            await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task<IReadOnlyList<string>> AddAsync(int count) => Database.WriteAsync((write, token) => services.GetRequiredService<Outbox>().AddAsync(
        write, [.. Enumerable.Range(0, count).Select(n => new NewEvent("thing.happened", $"{n}", "{}"))], token), Cancel);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
