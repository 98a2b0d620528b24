using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;
using PcBench.Ml.Assessing;

namespace PcBench.ServiceTests.Ml;

/// <summary>What is checked without any model.</summary>
public sealed class LimitTests
{
    private static readonly Hardware Desktop = new() { CpuModel = "AMD Ryzen 7 3700X 8-Core Processor", Microarchitecture = "Zen 2", Cores = 8, Threads = 16, MemoryType = "DDR4", MemoryMts = 3200, MemoryChannels = 2 };

    [Fact]
    public void More_bandwidth_than_the_channels_carry_is_told_in_those_words()
    {
        var limit = PhysicalLimits.Check(Desktop, new Dictionary<string, double> { ["bw-mem.read"] = 158_720 }).Single();

        limit.Text.ShouldBe("Memory bandwidth is 3.1 times what 2 channels of DDR4-3200 can carry (51 GB/s).");
        limit.Evidence.Limit.ShouldBe(51_200);
    }

    [Fact]
    public void All_threads_cannot_score_more_than_each_alone()
    {
        PhysicalLimits.Check(Desktop, Scores(1000, 15_000)).ShouldBeEmpty();
        PhysicalLimits.Check(Desktop, Scores(1000, 20_000)).Single().Metric.ShouldBe("geekbench6.multi");
    }

    [Fact]
    public void An_edited_subtest_no_longer_gives_its_total()
    {
        var figures = ExternalMetrics.GeekbenchSubtests.ToDictionary(name => "geekbench6.single." + name.ToLowerInvariant().Replace(' ', '-'), _ => 1000.0);
        figures["geekbench6.single"] = 1000;
        Totals.Check(figures).Single().Ratio.ShouldBe(0, 1e-9);

        figures["geekbench6.single.clang"] = 1800;

        Math.Abs(Totals.Check(figures).Single().Ratio).ShouldBeGreaterThan(Totals.Tolerance);
    }

    [Theory]
    [InlineData("Intel(R) Xeon(R) Platinum 8488C", "Broadwell", null, 2400.0, "cpuModel")]
    [InlineData("Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", "Broadwell", null, 3300.0, "baseMhz")]
    [InlineData("AMD EPYC 7763 64-Core Processor", "Zen 3", 49, 2450.0, "cpuidModel")]
    [InlineData("AMD EPYC 7763 64-Core Processor", "Zen 3", 1, 2450.0, null)]
    [InlineData("Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", "Broadwell", 79, 2400.0, null)]
    public void An_identity_that_contradicts_itself_is_named_by_its_field(string model, string core, int? cpuid, double mhz, string? field)
    {
        var hardware = new Hardware { CpuModel = model, Microarchitecture = core, CpuidFamily = cpuid is null ? null : cpuid == 49 ? 23 : core == "Broadwell" ? 6 : 25, CpuidModel = cpuid, BaseMhz = mhz };

        IdentityCheck.Find(hardware).Select(found => found.Field).ShouldBe(field is null ? [] : [field]);
    }

    private static Dictionary<string, double> Scores(double single, double multi) => new() { ["geekbench6.single"] = single, ["geekbench6.multi"] = multi };
}
