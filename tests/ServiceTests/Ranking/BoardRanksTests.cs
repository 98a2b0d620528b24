using PcBench.Backend.Ranking;
using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;

namespace PcBench.ServiceTests.Ranking;

public sealed class BoardRanksTests
{
    private static readonly string[] Vendors = ["AMD", "Intel", "Apple", "Ampere"];

    [Theory]
    [InlineData(Better.Higher)]
    [InlineData(Better.Lower)]
    public void Places_equal_a_naive_recount_after_random_changes(Better better)
    {
        var chance = new Random(11);
        var counts = new BoardCounts(better);
        var all = new List<(RankedInterval Interval, string Vendor)>();
        for (var i = 0; i < 600; i++)
        {
            if (all.Count > 0 && chance.Next(3) == 0)
            {
                var at = chance.Next(all.Count);
                counts.Apply(all[at].Interval, all[at].Vendor, -1);
                all.RemoveAt(at);
            }
            else
            {
                var one = (IntervalOf(chance), Vendors[chance.Next(Vendors.Length)]);
                counts.Apply(one.Item1, one.Item2, 1);
                all.Add(one);
            }

            if (i % 20 == 19)
                ShouldEqualRecount(counts.Ranks, better, all);
        }
    }

    [Theory]
    [InlineData(Better.Higher)]
    [InlineData(Better.Lower)]
    public void What_was_written_is_read_as_it_was(Better better)
    {
        var chance = new Random(12);
        var counts = new BoardCounts(better);
        var all = Enumerable.Range(0, 300).Select(_ => (IntervalOf(chance), Vendors[chance.Next(Vendors.Length)])).ToList();
        foreach (var (interval, vendor) in all)
            counts.Apply(interval, vendor, 1);

        var read = BoardRanks.Of(better, counts.Ranks.ToBytes());

        ShouldEqualRecount(read, better, all);
        read.ToBytes().ShouldBe(counts.Ranks.ToBytes());
    }

    [Fact]
    public void An_empty_board_is_written_and_read_and_gives_the_first_place()
    {
        var ranks = BoardRanks.Of(Better.Higher, new BoardCounts(Better.Higher).Ranks.ToBytes());
        ranks.Summary().Total.ShouldBe(0);
        ranks.Summary().Vendors.ShouldBeEmpty();
        ranks.RanksOf([new(1, 2)]).ShouldBe([new RankInterval(1, 1, 1)]);
    }

    [Fact]
    public void The_same_results_are_the_same_bytes_in_whatever_order_they_came()
    {
        var chance = new Random(13);
        var all = Enumerable.Range(0, 100).Select(_ => (Interval: IntervalOf(chance), Vendor: Vendors[chance.Next(Vendors.Length)])).ToList();
        var (one, other) = (new BoardCounts(Better.Higher), new BoardCounts(Better.Higher));
        foreach (var (interval, vendor) in all)
            one.Apply(interval, vendor, 1);
        other.Apply(new(5, 6), "Nobody", 1);
        foreach (var (interval, vendor) in Enumerable.Reverse(all))
            other.Apply(interval, vendor, 1);
        other.Apply(new(5, 6), "Nobody", -1);

        other.Ranks.ToBytes().ShouldBe(one.Ranks.ToBytes());
    }

    [Fact]
    public void Values_beyond_the_cells_still_have_places()
    {
        RankedInterval[] extremes = [new(0, 0), new(double.Epsilon, 1e-300), new(1, 1), new(1e300, double.MaxValue)];
        var counts = new BoardCounts(Better.Higher);
        foreach (var interval in extremes)
            counts.Apply(interval, "AMD", 1);

        counts.Ranks.RanksOf(extremes).ShouldBe([new(3, 4, 4), new(3, 4, 4), new(2, 2, 4), new(1, 1, 4)]);
    }

    [Fact]
    public void A_mirrored_board_has_mirrored_places()
    {
        var chance = new Random(14);
        var all = Enumerable.Range(0, 200).Select(_ => IntervalOf(chance)).ToList();
        var (higher, lower) = (new BoardCounts(Better.Higher), new BoardCounts(Better.Lower));
        foreach (var interval in all)
        {
            higher.Apply(interval, "AMD", 1);
            lower.Apply(interval, "AMD", 1);
        }

        higher.Ranks.RanksOf(all).Zip(lower.Ranks.RanksOf(all)).ShouldAllBe(place =>
            place.First.From == place.First.Of + 1 - place.Second.To && place.First.To == place.First.Of + 1 - place.Second.From);
    }

    private static RankedInterval IntervalOf(Random chance)
    {
        var low = 10 * Math.Pow(2, chance.NextDouble() * 4);
        return new RankedInterval(low, low * (1 + chance.NextDouble() * 0.05));
    }

    private static void ShouldEqualRecount(BoardRanks ranks, Better better, List<(RankedInterval Interval, string Vendor)> all)
    {
        ranks.Summary().Total.ShouldBe(all.Count);
        ranks.Summary().Vendors.ShouldBe(all.Select(one => one.Vendor).Distinct().Order());
        ranks.RanksOf([.. all.Select(one => one.Interval)]).ShouldBe(all.Select(one => Recount(all, one.Interval, better)));
    }

    private static RankInterval Recount(List<(RankedInterval Interval, string Vendor)> all, RankedInterval of, Better better)
    {
        var above = all.Count(one => RankGrid.Floor(one.Interval.Low) > RankGrid.Ceiling(of.High));
        var below = all.Count(one => RankGrid.Ceiling(one.Interval.High) < RankGrid.Floor(of.Low));
        return better == Better.Higher ? new RankInterval(1 + above, all.Count - below, all.Count) : new RankInterval(1 + below, all.Count - above, all.Count);
    }
}
