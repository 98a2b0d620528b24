using Microsoft.Extensions.DependencyInjection;
using PcBench.Platform.Events;
using PcBench.Platform.Events.Streams;

namespace PcBench.ServiceTests.Events;

/// <summary>Events between replicas, by PostgreSQL and Redis.</summary>
public sealed class StreamHubTests
{
    [Fact]
    public async Task Every_consumer_handles_every_event_once_in_order_and_then_the_outbox_is_empty()
    {
        await using var store = await HubStore.CreateAsync();
        var (single, batched) = (new RecordingConsumer("single"), new RecordingConsumer("batched") { BatchSize = 100 });
        await using var replica = await HubReplica.StartAsync(store, single, batched);

        await store.AddAsync(600);
        await store.AddAsync(1, first: 600);

        await Client.UntilAsync(() => Task.FromResult(single.Handled.Count >= 601 && batched.Handled.Count >= 601));
        await store.OutboxIsEmptyAsync();
        var inOrder = Enumerable.Range(0, 601).Select(n => $"{n}");
        single.Subjects.ShouldBe(inOrder);
        batched.Subjects.ShouldBe(inOrder);
        batched.Batches.Max().ShouldBe(100);
        single.Handled.First().Data.ShouldBe("""{"n":0}""");
    }

    [Fact]
    public async Task What_happened_before_the_first_start_is_told()
    {
        await using var store = await HubStore.CreateAsync();
        await store.AddAsync(10);
        var consumer = new RecordingConsumer("late");
        await using var replica = await HubReplica.StartAsync(store, consumer);

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 10));
    }

    [Fact]
    public async Task A_consumer_that_a_release_brings_does_not_wait_for_the_one_who_leads()
    {
        await using var store = await HubStore.CreateAsync();
        var old = new RecordingConsumer("old");
        await using var first = await HubReplica.StartAsync(store, "replica-1", [old]);
        await store.AddAsync(3);
        await Client.UntilAsync(() => Task.FromResult(old.Handled.Count == 3));

        var brought = new RecordingConsumer("brought");
        await using var second = await HubReplica.StartAsync(store, "replica-2", [new RecordingConsumer("old"), brought]);

        await Client.UntilAsync(() => Task.FromResult(brought.Handled.Count == 3));
    }

    [Fact]
    public async Task The_name_of_a_replica_that_is_gone_goes_when_another_starts()
    {
        await using var store = await HubStore.CreateAsync();
        var limits = new StreamLimits(GoneHours: 0);
        var consumer = new RecordingConsumer("consumer");
        await using (await HubReplica.StartAsync(store, "replica-1", [consumer], limits))
        {
            await store.AddAsync(1);
            await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));
            await store.OutboxIsEmptyAsync();
        }

        await using var second = await HubReplica.StartAsync(store, "replica-2", [consumer], limits);

        await Client.UntilAsync(async () => (await (await store.RedisAsync()).StreamConsumerInfoAsync(store.Stream, "consumer")).All(one => one.Name != "replica-1"));
    }

    [Fact]
    public async Task What_is_overdue_is_found_in_time_also_when_the_clock_is_set_back()
    {
        await using var store = await HubStore.CreateAsync();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var consumer = new RecordingConsumer("consumer") { Before = _ => Task.Delay(Timeout.InfiniteTimeSpan, ends.Token) };
        await using var other = await HubReplica.StartAsync(store, "gone", [consumer]);
        await Client.UntilAsync(async () => await (await store.RedisAsync()).KeyExistsAsync(store.Stream));
        var clock = new SetClock { Now = TimeProvider.System.GetUtcNow() };
        var overdue = new Overdue("consumer", other.Services.GetRequiredService<EventStream>(), new Replica("replica-1"), clock);
        (await overdue.FindAsync()).Due.ShouldBeEmpty();
        await store.AddAsync(1);
        await Client.UntilAsync(async () => (await store.PendingAsync("consumer")).Length == 1);
        var pending = (await store.PendingAsync("consumer")).Single();
        await store.PretendAsync("consumer", "gone", pending.MessageId, 1, TimeSpan.FromMinutes(2));

        (clock.Now, clock.Passed) = (clock.Now.AddHours(-1), TimeSpan.FromSeconds(5));

        var due = (await overdue.FindAsync()).Due;
        await ends.CancelAsync();
        due.ShouldHaveSingleItem().MessageId.ShouldBe(pending.MessageId);
    }

    /// <summary>A clock that somebody sets, and the time that passes meanwhile.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => TimeSpan.TicksPerHour + Passed.Ticks;
    }

    [Fact]
    public async Task A_consumer_that_fails_gets_the_event_again_and_holds_up_no_other()
    {
        await using var store = await HubStore.CreateAsync();
        var (failing, healthy) = (new RecordingConsumer("failing") { Failures = 3 }, new RecordingConsumer("healthy"));
        await using var replica = await HubReplica.StartAsync(store, failing, healthy);

        await store.AddAsync(1);

        await Client.UntilAsync(() => Task.FromResult(healthy.Handled.Count == 1));
        await Client.UntilAsync(() => Task.FromResult(failing.Handled.Count == 1));
        failing.Failed.ShouldBe(3);
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task One_event_that_fails_costs_no_other_of_its_batch_and_only_it_stays_in_the_outbox()
    {
        await using var store = await HubStore.CreateAsync();
        var consumer = new RecordingConsumer("batched") { BatchSize = 100, Before = FailOn("7") };
        await using var replica = await HubReplica.StartAsync(store, consumer);

        await store.AddAsync(50);

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 49));
        await Client.UntilAsync(async () => await store.CountAsync("event") == 1);
        (await store.CountAsync("event where subject = '7'")).ShouldBe(1);
        consumer.Before = _ => Task.CompletedTask;
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 50));
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task What_a_consumer_does_not_want_does_not_stay_in_the_outbox()
    {
        await using var store = await HubStore.CreateAsync();
        var consumer = new RecordingConsumer("picky") { OnlyType = "thing.wanted" };
        await using var replica = await HubReplica.StartAsync(store, consumer);

        await store.AddAsync(10);
        await store.AddAsync(1, type: "thing.wanted");

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));
        await store.OutboxIsEmptyAsync();
        consumer.Handled.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Attempts_are_counted_across_restarts_and_the_last_makes_a_dead_letter_that_can_be_replayed()
    {
        await using var store = await HubStore.CreateAsync();
        var (poisoned, other) = (new RecordingConsumer("poisoned") { Before = FailOn("0") }, new RecordingConsumer("other"));
        await using (await HubReplica.StartAsync(store, poisoned, other))
        {
            await store.AddAsync(1);
            await Client.UntilAsync(async () => await store.PendingAsync("poisoned") is [{ DeliveryCount: >= 2 }]);
        }

        var pending = (await store.PendingAsync("poisoned")).Single();
        await store.PretendAsync("poisoned", "replica-1", pending.MessageId, Retries.MaxAttempts - 1, TimeSpan.FromMinutes(1));
        await using var replica = await HubReplica.StartAsync(store, poisoned, other);
        await Client.UntilAsync(async () => (await replica.Admin.DeadAsync("poisoned", 10, Cancel)).Count == 1);
        var letter = (await replica.Admin.DeadAsync(null, 10, Cancel)).Single();
        letter.ShouldBe(new("poisoned", other.Handled.Single().Id, "thing.happened", "0", Retries.MaxAttempts, letter.DeadAt, "InvalidOperationException: no 0"));
        await store.OutboxIsEmptyAsync();
        var shown = (await (await store.RedisAsync()).StreamRangeAsync(store.Prefix + "events:dead")).Single();
        shown["cause"].ToString().ShouldBe("InvalidOperationException: no 0");

        poisoned.Before = _ => Task.CompletedTask;
        (await replica.Admin.ReplayAsync("poisoned", letter.EventId, Cancel)).ShouldBeTrue();
        (await replica.Admin.ReplayAsync("poisoned", letter.EventId, Cancel)).ShouldBeFalse();

        await Client.UntilAsync(() => Task.FromResult(poisoned.Handled.Count == 1));
        poisoned.Handled.Single().ShouldBe(other.Handled.Single());
        await store.OutboxIsEmptyAsync();
        other.Handled.Count.ShouldBe(1);
        (await store.CountAsync("dead_letter")).ShouldBe(0);
    }

    [Fact]
    public async Task While_the_other_side_is_away_a_consumer_waits_and_no_attempt_is_counted()
    {
        await using var store = await HubStore.CreateAsync();
        var tries = 0;
        var consumer = new RecordingConsumer("waiting");
        consumer.Before = _ => Interlocked.Increment(ref tries) <= 5 ? throw new OutageException("away") : Task.CompletedTask;
        await using var replica = await HubReplica.StartAsync(store, consumer);

        await store.AddAsync(20);

        await Client.UntilAsync(async () => Volatile.Read(ref tries) >= 2 && (await store.PendingAsync("waiting")).Length == 1);
        (await store.PendingAsync("waiting")).ShouldAllBe(pending => pending.DeliveryCount == 1);
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 20));
        consumer.Subjects.ShouldBe(Enumerable.Range(0, 20).Select(n => $"{n}"));
    }

    [Fact]
    public async Task Replicas_share_the_work()
    {
        await using var store = await HubStore.CreateAsync();
        var (one, two) = (new RecordingConsumer("shared"), new RecordingConsumer("shared"));
        await using var first = await HubReplica.StartAsync(store, "replica-1", [one]);
        await using var second = await HubReplica.StartAsync(store, "replica-2", [two]);

        await store.AddAsync(2_000);

        await Client.UntilAsync(() => Task.FromResult(one.Handled.Count + two.Handled.Count >= 2_000));
        await store.OutboxIsEmptyAsync();
        one.Subjects.Concat(two.Subjects).Select(int.Parse).Order().ShouldBe(Enumerable.Range(0, 2_000));
        one.Handled.ShouldNotBeEmpty();
        two.Handled.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_a_dead_replica_was_given_is_taken_over_after_a_minute()
    {
        await using var store = await HubStore.CreateAsync();
        var gone = new RecordingConsumer("shared") { Before = FailOn("0") };
        await using (await HubReplica.StartAsync(store, "replica-1", [gone]))
        {
            await store.AddAsync(1);
            await Client.UntilAsync(() => Task.FromResult(gone.Handled.IsEmpty));
            await Client.UntilAsync(async () => (await store.PendingAsync("shared")).Length == 1);
        }

        await store.PretendAsync("shared", "replica-1", (await store.PendingAsync("shared")).Single().MessageId, 3, TimeSpan.FromSeconds(61));
        var heir = new RecordingConsumer("shared");
        await using var second = await HubReplica.StartAsync(store, "replica-2", [heir]);

        await Client.UntilAsync(() => Task.FromResult(heir.Handled.Count == 1));
    }

    [Fact]
    public async Task Only_what_all_have_handled_is_taken_from_the_stream()
    {
        await using var store = await HubStore.CreateAsync();
        var consumer = new RecordingConsumer("consumer") { BatchSize = 100, Before = FailOn("3") };
        await using var replica = await HubReplica.StartAsync(store, "replica-1", [consumer], new StreamLimits(Kept: 10));

        await store.AddAsync(500);

        var redis = await store.RedisAsync();
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 499));
        await Client.UntilAsync(async () => await redis.StreamLengthAsync(store.Stream) == 10);
        (await redis.StreamRangeAsync(store.Stream, count: 1)).Single()["event"].ToString().ShouldContain("\"subject\":\"3\"");
        consumer.Before = _ => Task.CompletedTask;
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 500));
    }

    [Fact]
    public async Task While_the_stream_is_full_the_rest_waits_in_the_outbox()
    {
        await using var store = await HubStore.CreateAsync();
        var open = new TaskCompletionSource();
        var consumer = new RecordingConsumer("consumer") { BatchSize = 100, Before = _ => open.Task };
        await using var replica = await HubReplica.StartAsync(store, "replica-1", [consumer], new StreamLimits(Kept: 10, Most: 500));
        await store.AddAsync(500);
        await Client.UntilAsync(async () => await store.CountAsync("event where published_at is not null") == 500);
        var swept = (await replica.Admin.StatusAsync(Cancel)).Single();
        swept.Pending.ShouldBe(100);
        await Client.UntilAsync(async () =>
        {
            await store.AddAsync(1);
            return await store.CountAsync("event where published_at is null") > 0;
        });

        open.SetResult();

        await store.OutboxIsEmptyAsync();
    }

    private static Func<CloudEvent, Task> FailOn(string subject) =>
        happened => happened.Subject == subject ? throw new InvalidOperationException($"no {subject}") : Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
