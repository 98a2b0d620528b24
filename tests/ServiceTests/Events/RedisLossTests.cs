using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Events;

/// <summary>Redis may go, come back empty, or come back as it was before: no event is lost.</summary>
public sealed class RedisLossTests
{
    [Fact]
    public async Task Emptying_Redis_in_the_middle_of_a_thousand_events_loses_none()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var store = await HubStore.CreateAsync(redis);
        var (fast, slow) = (new RecordingConsumer("fast") { BatchSize = 50 }, new RecordingConsumer("slow"));
        slow.Before = _ => Task.Delay(1, Cancel);
        await using var first = await HubReplica.StartAsync(store, "replica-1", [fast, slow]);
        await using var second = await HubReplica.StartAsync(store, "replica-2", [fast, slow]);

        for (var batch = 0; batch < 10; batch++)
        {
            await store.AddAsync(100, first: 100 * batch);
            if (batch is 3 or 6 or 7)
            {
                await Client.UntilAsync(() => Task.FromResult(slow.Handled.Count > 20 * batch));
                await store.FlushAsync();
            }
        }

        await AllHandledAsync(fast, 1_000);
        await AllHandledAsync(slow, 1_000);
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task Emptying_Redis_after_a_consumer_failed_gives_it_the_event_again()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var store = await HubStore.CreateAsync(redis);
        var (failing, healthy) = (new RecordingConsumer("failing"), new RecordingConsumer("healthy"));
        failing.Before = _ => throw new InvalidOperationException("not yet");
        await using var replica = await HubReplica.StartAsync(store, failing, healthy);
        await store.AddAsync(1);
        await Client.UntilAsync(async () => healthy.Handled.Count == 1 && (await store.PendingAsync("failing")).Length == 1);
        await store.AddAsync(50, first: 1);
        await Client.UntilAsync(() => Task.FromResult(healthy.Handled.Count == 51));

        await store.FlushAsync();
        failing.Before = _ => Task.CompletedTask;

        await AllHandledAsync(failing, 51);
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task A_Redis_that_was_stopped_and_comes_back_empty_is_filled_again_and_events_wait_meanwhile()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var store = await HubStore.CreateAsync(redis);
        var open = new TaskCompletionSource();
        var consumer = new RecordingConsumer("consumer") { Before = happened => happened.Subject == "5" ? open.Task : Task.CompletedTask };
        await using var replica = await HubReplica.StartAsync(store, consumer);
        await store.AddAsync(100);
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 5));

        await redis.StopAsync();
        await store.AddAsync(100, first: 100);
        open.SetResult();
        (await store.CountAsync("event where published_at is null")).ShouldBeGreaterThan(0);
        await redis.StartAgainAsync();

        await AllHandledAsync(consumer, 200);
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task Events_wait_for_a_Redis_that_is_away_at_the_start()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var store = await HubStore.CreateAsync(redis);
        await redis.StopAsync();
        var consumer = new RecordingConsumer("consumer");
        await using var replica = await HubReplica.StartAsync(store, consumer);
        await store.AddAsync(10);

        await redis.StartAgainAsync();

        await AllHandledAsync(consumer, 10);
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task A_stream_that_was_set_back_is_filled_again()
    {
        await using var store = await HubStore.CreateAsync();
        var open = new TaskCompletionSource();
        var consumer = new RecordingConsumer("consumer") { Before = _ => open.Task };
        await using var replica = await HubReplica.StartAsync(store, consumer);
        await store.AddAsync(100);
        await Client.UntilAsync(async () => await store.CountAsync("event where published_at is null") == 0);

        // As after a failover to a copy that had the first of them alone.
        var redis = await store.RedisAsync();
        var before = await redis.StreamRangeAsync(store.Stream, count: 1);
        var setBack = redis.CreateTransaction();
        _ = setBack.KeyDeleteAsync(store.Stream);
        _ = setBack.StreamAddAsync(store.Stream, before[0].Values, before[0].Id);
        _ = setBack.StreamCreateConsumerGroupAsync(store.Stream, "consumer", "0-0", createStream: false);
        (await setBack.ExecuteAsync()).ShouldBeTrue();
        open.SetResult();

        await AllHandledAsync(consumer, 100);
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task A_Redis_that_takes_nothing_while_a_group_is_missing_ends_no_consumer()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var store = await HubStore.CreateAsync(redis);
        var consumer = new RecordingConsumer("consumer");
        await using var replica = await HubReplica.StartAsync(store, consumer);
        await store.AddAsync(1);
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));
        await store.OutboxIsEmptyAsync();

        await redis.FillAsync();
        var refused = await redis.RefusedAsync();
        await (await store.RedisAsync()).ExecuteAsync("XGROUP", "DESTROY", store.Stream, "consumer");
        await Client.UntilAsync(async () => await redis.RefusedAsync() >= refused + 3);
        await redis.EmptyAgainAsync();

        await store.AddAsync(1, first: 1);
        await AllHandledAsync(consumer, 2);
        await store.OutboxIsEmptyAsync();
    }

    private static async Task AllHandledAsync(RecordingConsumer consumer, int count)
    {
        await Client.UntilAsync(() => Task.FromResult(consumer.Subjects.Distinct().Count() == count));
        consumer.Subjects.Select(int.Parse).Distinct().Order().ShouldBe(Enumerable.Range(0, count));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
