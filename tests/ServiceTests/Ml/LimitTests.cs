using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;
using PcBench.Ml.Assessing;
using PcBench.Ml.Models;

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

    [Theory]
    [InlineData("Intel(R) Xeon(R) Platinum 8369HB CPU @ 3.30GHz", "CooperLake", 6, 85, 3300.0, 3200.0, "DDR4")]
    [InlineData("AMD EPYC 9V33X 96-Core Processor", "Zen4", 25, 17, 2550.0, 4800.0, "DDR5")]
    [InlineData("AMD Ryzen 7 6800H with Radeon Graphics", "Zen3", 25, 68, 3200.0, 4800.0, "DDR5")]
    [InlineData("12th Gen Intel(R) Core(TM) i7-12700", "AlderLake", 6, 151, 2100.0, 3200.0, "DDR4")]
    [InlineData("AMD Ryzen 9 3900X 12-Core Processor", "Zen2", 23, 113, 3800.0, 4400.0, "DDR4")] // overclocked memory
    public void An_honest_processor_does_not_contradict_itself(string model, string core, int family, int cpuid, double mhz, double rate, string memory) =>
        IdentityCheck.Find(new Hardware
        {
            CpuModel = model,
            Microarchitecture = core,
            CpuidFamily = family,
            CpuidModel = cpuid,
            BaseMhz = mhz,
            MemoryMts = rate,
            MemoryType = memory,
            InstructionSets = ["AVX2"],
        }).ShouldBeEmpty();

    [Theory]
    [InlineData("memoryType", "DDR5", null, null, null)]
    [InlineData("memoryMts", null, 19_200.0, null, null)]
    [InlineData("memoryMts", null, 240.0, null, null)] // another unit
    [InlineData("memoryChannels", null, null, 64, null)]
    [InlineData("maxMhz", null, null, null, 9_000.0)]
    [InlineData("maxMhz", null, null, null, 1_200.0)] // a power plan may do that
    public void Memory_and_clocks_that_such_cores_do_not_have_are_doubted_but_are_no_proof(string field, string? type, double? rate, int? channels, double? max)
    {
        var found = IdentityCheck.Find(new Hardware { Microarchitecture = "Haswell", BaseMhz = 2400, MaxMhz = max, MemoryType = type, MemoryMts = rate, MemoryChannels = channels }).ShouldHaveSingleItem();

        (found.Field, found.IsSure).ShouldBe((field, false));
    }

    [Fact]
    public void Memory_that_such_cores_cannot_have_carries_no_more_than_theirs()
    {
        var usual = new ServerFeatures(new Hardware { Microarchitecture = "Haswell" }).SocketGbS;

        new ServerFeatures(new Hardware { Microarchitecture = "Haswell", MemoryMts = 19_200, MemoryChannels = 64 }).SocketGbS.ShouldBe(usual);
        new ServerFeatures(new Hardware { Microarchitecture = "Haswell", MemoryMts = 1_600, MemoryChannels = 1 }).SocketGbS.ShouldBe(12.8);
    }

    private static Dictionary<string, double> Scores(double single, double multi) => new() { ["geekbench6.single"] = single, ["geekbench6.multi"] = multi };
}
