using PcBench.Backend.Ranking;

namespace PcBench.ServiceTests.Ranking;

public sealed class RankedListTests
{
    [Fact]
    public void Counts_equal_a_naive_recount_after_random_changes()
    {
        var chance = new Random(7);
        var naive = Enumerable.Range(0, 5_000).Select(_ => (double)chance.Next(500)).ToList();
        var list = RankedList.Of([.. naive]);
        for (var i = 0; i < 20_000; i++)
        {
            if (chance.Next(2) == 0 && naive.Count > 0)
            {
                var at = chance.Next(naive.Count);
                list.Remove(naive[at]);
                naive.RemoveAt(at);
            }
            else
            {
                var value = (double)chance.Next(500);
                list.Add(value);
                naive.Add(value);
            }

            if (i % 50 != 0)
                continue;
            var x = chance.Next(-1, 501) + chance.Next(2) * 0.5;
            list.Count.ShouldBe(naive.Count);
            list.CountUnder(x).ShouldBe(naive.Count(value => value < x));
            list.CountFrom(x).ShouldBe(naive.Count(value => value >= x));
            list.CountOver(x).ShouldBe(naive.Count(value => value > x));
        }
    }

    [Fact]
    public void It_empties_and_fills_again()
    {
        var list = RankedList.Of([]);
        list.Remove(1);
        foreach (var value in new[] { 3.0, 1, 2, 2 })
            list.Add(value);
        list.CountFrom(2).ShouldBe(3);
        foreach (var value in new[] { 2.0, 3, 2, 1, 1 })
            list.Remove(value);
        list.Count.ShouldBe(0);
        list.CountUnder(9).ShouldBe(0);
    }
}
