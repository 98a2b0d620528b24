extern alias backend;

using System.CommandLine;
using System.Text;
using System.Text.Json;
using PcBench.Backend.Commands;
using PcBench.Platform.Events;
using PcBench.ServiceTests.Servers;
using backend::PcBench.Shared;

namespace PcBench.ServiceTests.Events;

/// <summary><c>backend events</c>, against a hub that runs.</summary>
public sealed class EventsCommandTests
{
    [Fact]
    public async Task It_shows_where_each_consumer_stands_and_those_of_no_release()
    {
        await using var store = await HubStore.CreateAsync();
        var (good, bad) = (new RecordingConsumer("good"), new RecordingConsumer("bad") { Failures = int.MaxValue });
        await using var replica = await HubReplica.StartAsync(store, good, bad);
        await store.AddAsync(3);
        await Client.UntilAsync(async () => good.Handled.Count == 3 && (await store.PendingAsync("bad")).Length == 3);
        await (await store.RedisAsync()).StreamCreateConsumerGroupAsync(store.Stream, "former", "0-0");

        var (code, table) = await RunAsync(replica, "events");
        code.ShouldBe(ExitCodes.Ok);
        var lines = table.TrimEnd().Split('\n');
        lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["consumer", "lag", "pending", "oldest", "dead"]);
        lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["good", "0", "0", "-", "0"]);
        lines[2].ShouldMatch(@"^bad +0 +3 +\d+ s +0$");
        lines[3].ShouldMatch(@"^former \(not of this release\) +3 +0 +- +0$");

        var (_, json) = await RunAsync(replica, "events --json");
        JsonDocument.Parse(json).RootElement[1].GetProperty("pending").GetInt32().ShouldBe(3);
        var (_, pending) = await RunAsync(replica, "events pending --consumer bad --limit 2");
        pending.TrimEnd().Split('\n').Length.ShouldBe(3);
        pending.ShouldContain("thing.happened");
    }

    [Fact]
    public async Task Dead_letters_are_listed_and_replayed_one_or_all()
    {
        await using var store = await HubStore.CreateAsync();
        var consumer = new RecordingConsumer("consumer") { Before = _ => throw new InvalidOperationException("no good") };
        await using var replica = await HubReplica.StartAsync(store, consumer);
        await store.AddAsync(3);
        await Client.UntilAsync(async () => (await store.PendingAsync("consumer")).Length == 3);
        await Client.UntilAsync(async () =>
        {
            foreach (var entry in await store.PendingAsync("consumer"))
                await store.PretendAsync("consumer", "replica-1", entry.MessageId, Retries.MaxAttempts - 1, TimeSpan.FromMinutes(1));
            return await store.CountAsync("dead_letter") == 3;
        });

        var (_, dead) = await RunAsync(replica, "events dead --json");
        var letters = JsonDocument.Parse(dead).RootElement;
        letters.GetArrayLength().ShouldBe(3);
        letters[0].GetProperty("cause").GetString().ShouldBe("InvalidOperationException: no good");
        var id = letters[0].GetProperty("eventId").GetString();

        consumer.Before = _ => Task.CompletedTask;
        (await RunAsync(replica, $"events replay {id} --consumer nobody")).Code.ShouldBe(ExitCodes.Refused);
        (await RunAsync(replica, "events replay something --consumer consumer")).Code.ShouldBe(ExitCodes.NotFound);
        (await RunAsync(replica, $"events replay {id} --consumer consumer")).ShouldBe((ExitCodes.Ok, "1\n"));
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));
        consumer.Handled.Single().Id.ShouldBe(id);
        (await RunAsync(replica, "events replay --all --consumer consumer")).ShouldBe((ExitCodes.Ok, "2\n"));
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 3));
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task An_event_from_outside_is_told()
    {
        await using var store = await HubStore.CreateAsync();
        var consumer = new RecordingConsumer("consumer");
        await using var replica = await HubReplica.StartAsync(store, consumer);

        var (code, id) = await RunAsync(replica, """events publish release.finished 1.2.0 --data {"by":"test"}""");

        code.ShouldBe(ExitCodes.Ok);
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));
        var told = consumer.Handled.Single();
        (told.Id, told.Type, told.Subject, told.Data).ShouldBe((id.TrimEnd(), "release.finished", "1.2.0", """{"by":"test"}"""));
    }

    [Theory]
    [InlineData("events publish Release.Finished 1.2.0")]
    [InlineData("events publish release 1.2.0")]
    [InlineData("events publish release.finished 1.2.0 --data [1]")]
    [InlineData("events publish release.finished 1.2.0 --data {")]
    [InlineData("events replay --consumer consumer")]
    [InlineData("events replay some --all --consumer consumer")]
    [InlineData("events replay --all")]
    [InlineData("events dead --limit 0")]
    public void What_makes_no_sense_is_refused(string line) => Command(null).Parse(line.Split(' ')).Errors.ShouldNotBeEmpty();

    [Fact]
    public async Task Without_Redis_it_says_so_and_a_replay_waits_in_the_outbox()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var store = await HubStore.CreateAsync(redis);
        var consumer = new RecordingConsumer("consumer");
        await using var replica = await HubReplica.StartAsync(store, consumer);
        await store.Database.Sql("""
            insert into dead_letter (consumer, event_id, event, attempts, dead_at, cause)
            values ('consumer', 'one', '{"id":"one","type":"thing.happened","subject":"1","time":"2026-01-01T00:00:00Z","data":{}}', 70, 0, 'no good')
            """).ExecuteAsync(TestContext.Current.CancellationToken);
        await redis.StopAsync();

        await Client.UntilAsync(async () => (await RunAsync(replica, "events")).Code == ExitCodes.Unreachable);
        (await RunAsync(replica, "events replay one --consumer consumer")).Code.ShouldBe(ExitCodes.Ok);
        consumer.Handled.ShouldBeEmpty();
        await redis.StartAgainAsync();

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));
    }

    private static async Task<(int Code, string Data)> RunAsync(HubReplica replica, string line)
    {
        var data = new MemoryStream();
        var code = await Command(replica, data).Parse(line.Split(' ')).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(data.ToArray()));
    }

    private static RootCommand Command(HubReplica? replica, Stream? data = null) => new("backend")
    {
        EventsCommand.Create(
            async work =>
            {
                await work(replica!.Services);
                return ExitCodes.Ok;
            },
            new Output(data ?? Stream.Null, TextWriter.Null)),
    };
}
