using PcBench.Contracts.Results;

namespace PcBench.UnitTests.Results;

public class CpuNameTests
{
    [Theory]
    [InlineData("Intel(R) Core(TM) i7-2600 CPU @ 3.40GHz", "Intel Core i7-2600", "intel-core-i7-2600")]
    [InlineData("AMD Ryzen 9 7950X 16-Core Processor", "AMD Ryzen 9 7950X", "amd-ryzen-9-7950x")]
    [InlineData("AMD Ryzen 7 5700G with Radeon Graphics", "AMD Ryzen 7 5700G", "amd-ryzen-7-5700g")]
    [InlineData("Intel Core Processor (Haswell, no TSX)", "Intel Core (Haswell, no TSX)", "intel-core-haswell-no-tsx")]
    [InlineData("13th Gen Intel(R) Core(TM) i9-13900K", "13th Gen Intel Core i9-13900K", "13th-gen-intel-core-i9-13900k")]
    [InlineData("Apple M2 Max", "Apple M2 Max", "apple-m2-max")]
    [InlineData("Processor", "Processor", "processor")]
    [InlineData("@@@", "@@@", "unknown")]
    public void One_model_has_one_name_however_it_is_spelt(string brand, string name, string id)
    {
        CpuName.Display(brand).ShouldBe(name);
        CpuName.Id(brand).ShouldBe(id);
    }
}
