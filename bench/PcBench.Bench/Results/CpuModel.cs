using PcBench.Contracts.Results;

namespace PcBench.Bench.Results;

/// <summary>A CPU model as machines name it, with what its results depend on.</summary>
/// <param name="Vendor">Vendor.</param>
/// <param name="Brand">Brand string.</param>
/// <param name="Microarchitecture">Microarchitecture.</param>
/// <param name="Cores">Cores.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Speed">One thread's speed; 1 is the reference machine's.</param>
/// <param name="BaseMhz">Nominal clock.</param>
/// <param name="Server">Whether it stands in data centres, where most of what measures is virtual.</param>
internal sealed record CpuModel(
    string Vendor, string Brand, string Microarchitecture, int Cores, int Threads, double Speed, int BaseMhz, bool Server)
{
    /// <summary>Id of its page.</summary>
    public string Id { get; } = CpuName.Id(Brand);

    /// <summary>Name for people.</summary>
    public string Name { get; } = CpuName.Display(Brand);
}
