using PcBench.Cli.Measure;

namespace PcBench.UnitTests.Measure;

public class MemorySizesTests
{
    private const long Mib = 1L << 20;
    private const long Gib = 1L << 30;

    [Fact]
    public void Arrays_are_four_times_the_caches_that_could_hold_them()
    {
        var sizes = new MemorySizes(LargestCache: 32 * Mib, AllCaches: 256 * Mib, Memory: 256 * Gib);

        sizes.SingleArray.ShouldBe(128 * Mib);
        (sizes.ArrayOfEach(64) * 64).ShouldBe(1024 * Mib);
    }

    [Fact]
    public void Arrays_of_a_small_machine_take_at_most_a_quarter_of_its_memory()
    {
        var sizes = new MemorySizes(LargestCache: 32 * Mib, AllCaches: 32 * Mib, Memory: Gib);

        (3 * sizes.SingleArray + 3 * 4 * sizes.ArrayOfEach(4)).ShouldBeLessThanOrEqualTo(Gib / 4);
    }
}
