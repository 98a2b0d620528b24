using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using P25;
using P25.Locks;
using P25.Tools;

namespace PcBench.P25Tests.Locks;

/// <summary>Who holds a lock must know that he does not any more before another can know that it is free.</summary>
public class ContourLockTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider time = new();
    private readonly Leases cluster = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_held_for_as_long_as_it_is_renewed_and_then_given_up()
    {
        await using (var mine = await TakeAsync("mine"))
        {
            for (var renewals = 1; renewals <= 6; renewals++)
            {
                time.Advance(Life / 3);
                while (cluster.Writes <= renewals)
                    await Task.Delay(1, Cancel);
            }

            mine.Lost.IsCancellationRequested.ShouldBeFalse();
            (await Should.ThrowAsync<P25Exception>(() => TakeAsync("another"))).Message.ShouldContain("mine");
        }

        await using var next = await TakeAsync("another");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_it_cannot_be_renewed_it_is_lost_when_it_runs_out(bool hangs)
    {
        await using var mine = await TakeAsync("mine");
        cluster.IsAway = true;
        cluster.Hangs = hangs;

        time.Advance(Life - TimeSpan.FromMilliseconds(1));
        mine.Lost.IsCancellationRequested.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        mine.Lost.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_another_has_it_it_is_lost()
    {
        await using var mine = await TakeAsync("mine");
        cluster.Take("another");

        time.Advance(Life / 3);

        while (!mine.Lost.IsCancellationRequested)
            await Task.Delay(1, Cancel);
    }

    private Task<ContourLock> TakeAsync(string holder) =>
        ContourLock.TakeAsync(new Kubectl(cluster, null, "p25-stage"), time, Life, holder, TimeSpan.Zero, _ => { }, Cancel);

    /// <summary>In place of kubectl: one Lease, which is replaced only by who has read it as it is.</summary>
    private sealed class Leases : IToolRunner
    {
        private JsonNode? lease;
        private int version;

        public int Writes => Volatile.Read(ref version);

        /// <summary>The cluster refuses every call.</summary>
        public bool IsAway { get; set; }

        /// <summary>And does not even say so.</summary>
        public bool Hangs { get; set; }

        public void Take(string holder) => lease!["spec"]!["holderIdentity"] = holder;

        public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancel)
        {
            if (Hangs)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            if (IsAway)
                return new ToolResult(1, "", "Unable to connect to the server");
            if (call.Arguments.Contains("get"))
                return new ToolResult(0, lease?.ToJsonString() ?? "", "");
            var given = JsonNode.Parse(call.Input!)!;
            if ((string?)given["metadata"]!["resourceVersion"] != (string?)lease?["metadata"]!["resourceVersion"])
                return new ToolResult(1, "", "Conflict");
            given["metadata"]!["resourceVersion"] = $"{version + 1}";
            lease = given;
            Interlocked.Increment(ref version);
            return new ToolResult(0, "", "");
        }
    }
}
