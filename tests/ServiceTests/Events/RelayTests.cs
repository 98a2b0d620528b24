using System.Diagnostics;
using Npgsql;
using PcBench.Platform.Events;
using PcBench.Platform.Events.Streams;

namespace PcBench.ServiceTests.Events;

/// <summary>The one who publishes may die at any point, and another goes on.</summary>
public sealed class RelayTests
{
    [Fact]
    public async Task Killed_between_publishing_and_marking_it_publishes_again_under_the_same_id()
    {
        await using var store = await HubStore.CreateAsync();
        await store.AddAsync(5);
        var redis = await store.RedisAsync();
        await using (var other = new NpgsqlConnection(store.Postgres))
        {
            await other.OpenAsync(Cancel);
            await using var transaction = await other.BeginTransactionAsync(Cancel);
            await using var hold = new NpgsqlCommand("select seq from event for update", other, transaction);
            await hold.ExecuteNonQueryAsync(Cancel);
            await using (await HubReplica.StartAsync(store, new RecordingConsumer("first")))
                await Client.UntilAsync(async () => await redis.StreamLengthAsync(store.Stream) == 5);
            await transaction.RollbackAsync(Cancel);
        }

        (await store.CountAsync("event where published_at is null")).ShouldBe(5);
        var consumer = new RecordingConsumer("second");
        await using var next = await HubReplica.StartAsync(store, "replica-2", [consumer]);

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 10));
        consumer.Handled.GroupBy(happened => happened.Id).ShouldAllBe(same => same.Count() == 2);
        await store.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task Another_takes_over_within_ten_seconds_from_one_that_died()
    {
        await using var store = await HubStore.CreateAsync();
        await store.Database.Sql("""
            insert into lease (role, holder, term, until) values ('relay', 'died just now', 1, (extract(epoch from clock_timestamp()) * 1000)::bigint + 6000)
            """).ExecuteAsync(Cancel);
        var consumer = new RecordingConsumer("consumer");
        var begun = Stopwatch.GetTimestamp();
        await using var replica = await HubReplica.StartAsync(store, consumer);

        await store.AddAsync(1);
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));

        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Another_goes_on_at_once_when_the_one_who_leads_stops()
    {
        await using var store = await HubStore.CreateAsync();
        var (one, two) = (new RecordingConsumer("shared"), new RecordingConsumer("shared"));
        await using var second = await StartTwoAsync();
        await store.AddAsync(50, first: 50);

        await Client.UntilAsync(() => Task.FromResult(one.Handled.Count + two.Handled.Count == 100));
        await store.OutboxIsEmptyAsync();

        async Task<HubReplica> StartTwoAsync()
        {
            await using var first = await HubReplica.StartAsync(store, "replica-1", [one]);
            var started = await HubReplica.StartAsync(store, "replica-2", [two]);
            await store.AddAsync(50);
            await Client.UntilAsync(() => Task.FromResult(one.Handled.Count + two.Handled.Count == 50));
            return started;
        }
    }

    [Fact]
    public async Task An_event_whose_transaction_was_slow_is_published_after_later_ones()
    {
        await using var store = await HubStore.CreateAsync();
        var consumer = new RecordingConsumer("consumer");
        await using var replica = await HubReplica.StartAsync(store, consumer);
        await using var other = new NpgsqlConnection(store.Postgres);
        await other.OpenAsync(Cancel);
        await using var transaction = await other.BeginTransactionAsync(Cancel);
        await using var slow = new NpgsqlCommand("insert into event (id, type, subject, time, data) values ('slow', 'thing.happened', '0', 0, '{}')", other, transaction);
        await slow.ExecuteNonQueryAsync(Cancel);
        await store.AddAsync(1, first: 1);
        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 1));

        await transaction.CommitAsync(Cancel);

        await Client.UntilAsync(() => Task.FromResult(consumer.Handled.Count == 2));
        consumer.Subjects.ShouldBe(["1", "0"]);
    }

    [Fact]
    public async Task Marking_looks_up_its_rows_however_few_there_were_when_its_plan_was_made()
    {
        await using var store = await HubStore.CreateAsync();
        var happened = new OutboxEvent(1, new CloudEvent("1", "thing.happened", "0", DateTimeOffset.UnixEpoch, "{}", null), null);
        await store.Database.WriteAsync(
            async (write, cancel) =>
            {
                // So often that the server keeps one plan for good.
                for (var i = 0; i < 20; i++)
                    await RelaySql.MarkAsync(write, [happened], [default], cancel);
                await write.Sql("""
                    insert into event (id, type, subject, time, data) select i::text, 'thing.happened', '0', 0, '{}' from generate_series(1, 5000) i
                    """).ExecuteAsync(cancel);

                (await RelaySql.MarkAsync(write, [happened], [default], cancel)).ShouldBe(1);

                (await write.Sql("select seq_tup_read from pg_stat_xact_user_tables where relname = 'event'").NumberAsync(cancel)).ShouldBe(0);
                return true;
            },
            Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
