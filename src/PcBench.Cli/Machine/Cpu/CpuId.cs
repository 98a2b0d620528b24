using System.Runtime.Intrinsics.X86;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>What one CPUID leaf answers.</summary>
internal readonly record struct CpuIdRegisters(uint Eax, uint Ebx, uint Ecx, uint Edx);

/// <summary>Asks for one leaf: the processor's own, or a captured one in tests.</summary>
internal delegate CpuIdRegisters CpuIdReader(uint leaf, uint subleaf);

internal static class CpuId
{
    private const uint Extended = 0x8000_0000;

    /// <summary>The processor's own CPUID; null where it has none.</summary>
    public static CpuIdReader? OfProcessor() => X86Base.IsSupported ? Ask : null;

    /// <summary>
    /// A leaf; all zero where the processor does not have it. Intel answers a leaf above its highest with another leaf's
    /// data, so the highest is looked up first.
    /// </summary>
    public static CpuIdRegisters Leaf(this CpuIdReader cpuid, uint leaf, uint subleaf = 0)
    {
        var highest = cpuid(leaf & Extended, 0).Eax;
        return leaf <= highest && (highest & Extended) == (leaf & Extended) ? cpuid(leaf, subleaf) : default;
    }

    private static CpuIdRegisters Ask(uint leaf, uint subleaf)
    {
        var (eax, ebx, ecx, edx) = X86Base.CpuId((int)leaf, (int)subleaf);
        return new CpuIdRegisters((uint)eax, (uint)ebx, (uint)ecx, (uint)edx);
    }
}
