using PcBench.Cli.Measure;

namespace PcBench.UnitTests.Measure;

public class MemorySizesTests
{
    private const long Mib = 1L << 20;
    private const long Gib = 1L << 30;

    [Fact]
    public void Arrays_are_four_times_the_caches_that_could_hold_them()
    {
        var sizes = new MemorySizes(LargestCache: 32 * Mib, AllCaches: 256 * Mib, Allowance: 64 * Gib);

        sizes.SingleArray.ShouldBe(128 * Mib);
        (sizes.ArrayOfEach(64) * 64).ShouldBe(1024 * Mib);
    }

    [Fact]
    public void Arrays_of_a_small_machine_together_take_no_more_than_is_allowed()
    {
        var sizes = new MemorySizes(LargestCache: 32 * Mib, AllCaches: 32 * Mib, Allowance: 64 * Mib);

        (3 * sizes.SingleArray + 3 * 4 * sizes.ArrayOfEach(4)).ShouldBeLessThanOrEqualTo(64 * Mib);
    }

    [Theory]
    [InlineData(16, 12, 4)]
    [InlineData(16, 2, 1)]
    public void A_quarter_of_the_memory_may_be_taken_and_half_of_what_is_free(long total, long free, long allowed) =>
        MemorySizes.AllowanceOf(total * Gib, free * Gib).ShouldBe(allowed * Gib);
}
