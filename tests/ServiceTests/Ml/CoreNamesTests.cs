using PcBench.Contracts.Api;
using PcBench.Ml.Knowledge;
using PcBench.Ml.Models;

namespace PcBench.ServiceTests.Ml;

/// <summary>Which cores a processor has by its name: names that look like those of another generation.</summary>
public sealed class CoreNamesTests
{
    [Theory]
    [InlineData("Intel Core i5-750 @ 2.67GHz", "Nehalem")] // not i5-7500
    [InlineData("Intel Core i5-520M @ 2.40GHz", "Westmere")]
    [InlineData("Intel Core i7-980X @ 3.33GHz", "Westmere")]
    [InlineData("Intel Xeon X5670 @ 2.93GHz", "Westmere")]
    [InlineData("Intel Xeon X5570 @ 2.93GHz", "Nehalem")]
    [InlineData("Intel Xeon 6517P", "GraniteRapids")]
    [InlineData("Intel Core i7-3960X @ 3.30GHz", "SandyBridge")]
    [InlineData("Intel Core i7-3820QM @ 2.70GHz", "IvyBridge")]
    [InlineData("Intel Core i7-4930K @ 3.40GHz", "IvyBridge")]
    [InlineData("Intel Core i7-5960X @ 3.00GHz", "Haswell")]
    [InlineData("Intel Core i7-6850K @ 3.60GHz", "Broadwell")]
    [InlineData("Intel Core i7-6700K @ 4.00GHz", "Skylake")]
    [InlineData("Intel Core i9-9900K @ 3.60GHz", "CoffeeLake")]
    [InlineData("Intel Core i9-9900X @ 3.50GHz", "SkylakeX")]
    [InlineData("Intel Core i9-10900X @ 3.70GHz", "SkylakeX")]
    [InlineData("Intel Core i9-10900K @ 3.70GHz", "CometLake")]
    [InlineData("Intel Core i5-11400 @ 2.60GHz", "RocketLake")]
    [InlineData("Intel Core i7-1165G7 @ 2.80GHz", "TigerLake")]
    [InlineData("Intel Celeron N5095 @ 2.00GHz", "Tremont")]
    [InlineData("Intel Celeron 7305", "AlderLake")]
    [InlineData("Intel Pentium G850 @ 2.90GHz", "SandyBridge")]
    [InlineData("Intel N100", "Gracemont")]
    [InlineData("AMD Phenom II N830 Triple-Core", "K10.5")]
    [InlineData("AMD FX-6300 Six-Core", "Piledriver")]
    [InlineData("AMD Athlon X2 Dual Core BE-2400", "K8")]
    [InlineData("AMD Ryzen Embedded V1807B", "Zenm")]
    [InlineData("AMD Ryzen 7 PRO 250", "Zen4m")]
    [InlineData("Hisilicon Kirin970", "A73")]
    [InlineData("Intel(R) Xeon(R) Platinum 8369HB CPU @ 3.30GHz", "CooperLake")]
    [InlineData("Intel(R) Xeon(R) Platinum 8369B CPU @ 2.70GHz", "IceLakeSP")]
    [InlineData("AMD EPYC 9V33X 96-Core Processor", "Zen4")]
    [InlineData("Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz", "Haswell")] // as systems write it
    [InlineData("Intel(R) Xeon(R) CPU E5-2698B v3 @ 2.00GHz", "Haswell")]
    [InlineData("Intel(R) Xeon(R) CPU           E5620  @ 2.40GHz", "Westmere")]
    [InlineData("Intel(R) Xeon(R) CPU E31230 @ 3.20GHz", "SandyBridge")]
    [InlineData("Intel(R) Atom(TM) CPU  C2750  @ 2.40GHz", "Silvermont")]
    [InlineData("Dual-Core AMD Opteron(tm) Processor 2218", "K8")]
    [InlineData("AMD EPYC-Rome Processor", "Zen2")]
    [InlineData("AMD EPYC Processor (with IBPB)", "Zen")]
    [InlineData("AMD Ryzen 7 1700X Eight-Core Processor", "Zen")]
    [InlineData("AMD Ryzen 9 10950X 16-Core Processor", "Zen6")] // what no rule knows is newer, not from 2017
    [InlineData("Intel(R) Core(TM) Ultra 7 155H", "MeteorLake")]
    [InlineData("Intel(R) Core(TM) Ultra X9 388H", "PantherLake")]
    public void A_name_tells_its_cores(string model, string microarchitecture) => CoreNames.Find(model)!.Microarchitecture.ShouldBe(microarchitecture);

    [Theory]
    [InlineData("Neoverse-N1", "Neoverse-N1")]
    [InlineData("Ampere Altra Q80-30", "Neoverse-N1")]
    [InlineData("AMD Ryzen 9 10950X 16-Core Processor", null)]
    public void A_name_alone_is_enough_for_the_physics_of_its_cores(string model, string? core) =>
        ServerFeatures.MicroarchitectureOf(new Hardware { CpuModel = model })?.Name.ShouldBe(core);

    [Theory]
    [InlineData("Intel Xeon X5570 @ 2.93GHz", 0)]
    [InlineData("Intel Xeon X5670 @ 2.93GHz", 1)]
    [InlineData("Intel Core i3-2100 @ 3.10GHz", 0)]
    [InlineData("Intel Core i5-2400 @ 3.10GHz", 1)]
    [InlineData("Intel Core i3-4130 @ 3.40GHz", 1)]
    [InlineData("Intel Pentium G3220 @ 3.00GHz", 0)]
    [InlineData("Intel Pentium G4400 @ 3.30GHz", 1)]
    [InlineData("VIA Nano U2250", FeatureWriter.Unknown)]
    public void A_name_tells_whether_there_are_instructions_for_AES(string model, float aes) =>
        ChartFeatures.Of(new Hardware { CpuModel = model }).Values[MachineFeatures.Chart.Of("aes")].ShouldBe(aes);
}
