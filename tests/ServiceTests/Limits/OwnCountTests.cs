using System.Net;
using Microsoft.Extensions.Time.Testing;
using PcBench.Backend.Limits;

namespace PcBench.ServiceTests.Limits;

/// <summary>Limits of one replica that has no Redis.</summary>
public sealed class OwnCountTests
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Exactly_the_limit_passes_at_once()
    {
        await using var replica = await StartAsync(10);
        (await replica.PassedAsync(subject: 1, times: 30)).ShouldBe(10);
    }

    [Fact]
    public async Task The_window_slides_and_the_wait_that_was_named_is_enough_and_no_second_too_long()
    {
        await using var replica = await StartAsync(10);
        (await replica.PassedAsync(1, 10)).ShouldBe(10);
        var refused = await replica.AskAsync(1);
        refused.Passes.ShouldBeFalse();
        refused.Remaining.ShouldBe(0);

        // All ten were in the window before; a tenth of it must have gone for one of them to leave.
        time.Advance(TimeSpan.FromSeconds(refused.RetryAfterSeconds - 1));
        (await replica.AskAsync(1)).Passes.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        (await replica.PassedAsync(1, 5)).ShouldBe(1);

        time.Advance(TimeSpan.FromMinutes(2));
        (await replica.PassedAsync(1, 30)).ShouldBe(10);
    }

    [Fact]
    public async Task One_in_seven_seconds_never_meets_a_limit_of_ten()
    {
        await using var replica = await StartAsync(10);
        for (var i = 0; i < 50; i++)
        {
            (await replica.AskAsync(1)).Passes.ShouldBeTrue($"request {i}");
            time.Advance(TimeSpan.FromSeconds(7));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task In_two_minutes_of_hammering_no_fixed_minute_lets_more_pass_and_the_wait_always_holds(int limit)
    {
        await using var replica = await StartAsync(limit);
        var passed = new int[3];
        for (var second = 0; second < 180; second++)
        {
            while ((await replica.AskAsync(1)).Passes)
                passed[second / 60]++;
            time.Advance(TimeSpan.FromSeconds(1));
        }

        passed.ShouldAllBe(count => count <= limit);
        passed[0].ShouldBe(limit);
        passed.Sum().ShouldBeGreaterThanOrEqualTo(limit * 2);
    }

    [Fact]
    public async Task Subjects_and_limits_do_not_touch_each_other()
    {
        await using var replica = await LimitReplica.StartAsync(new LimitOptions { SubmissionsPerKey = 1, ReadsPerAddress = 1 }, time: time);
        (await replica.PassedAsync(1, 5)).ShouldBe(1);
        (await replica.PassedAsync(2, 5)).ShouldBe(1);
        (await replica.PassedAsync(1, 5, Limit.ReadsPerAddress)).ShouldBe(1);
        (await replica.PassedAsync(1, 5, Limit.SubmissionsPerAddress)).ShouldBe(5, "0 is no limit");
    }

    [Fact]
    public void Whoever_read_the_clock_just_before_a_new_window_does_not_turn_it_back()
    {
        var count = new WindowCount();
        count.Add(now: 60_000, window: 60_000);
        count.RoomAt(now: 59_999, limit: 10, window: 60_000).ShouldBe((9, 60_000));
        count.RoomAt(now: 60_001, limit: 10, window: 60_000).ShouldBe((9, 59_999));
    }

    [Fact]
    public void Old_subjects_are_dropped_and_busy_ones_stay()
    {
        var allowances = new Allowances(capacity: 100, window: 60_000);
        var busy = allowances.Of(Limit.ReadsPerAddress, LimitSubject.Of([0]), 10, now: 0);
        for (var i = 1; i <= 10_000; i++)
        {
            allowances.Of(Limit.ReadsPerAddress, LimitSubject.Of(BitConverter.GetBytes(i)), 10, now: i);
            allowances.Of(Limit.ReadsPerAddress, LimitSubject.Of([0]), 10, now: i).ShouldBeSameAs(busy);
            allowances.Count.ShouldBeLessThanOrEqualTo(100);
        }
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "::ffff:0.0.0.1", false)]
    [InlineData("::1", "0.0.0.0", false)]
    public void Addresses_count_as_IPv4_or_by_64_bits_of_IPv6(string one, string other, bool together) =>
        (LimitSubject.Of(IPAddress.Parse(one)) == LimitSubject.Of(IPAddress.Parse(other))).ShouldBe(together);

    private Task<LimitReplica> StartAsync(int limit) => LimitReplica.StartAsync(new LimitOptions { SubmissionsPerKey = limit }, time: time);
}
