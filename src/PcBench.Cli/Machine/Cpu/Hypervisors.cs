using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Cpu;

/// <summary>The hypervisor as it names itself by CPUID.</summary>
internal static class Hypervisors
{
    private const uint NameLeaf = 0x4000_0000;

    /// <summary>The name; null on bare metal.</summary>
    public static string? Find(CpuIdReader cpuid)
    {
        var present = (cpuid.Leaf(1).Ecx & (1u << 31)) != 0;
        if (!present)
            return null;
        // The highest leaf of this range is its own business, so it is asked without a look at the basic range.
        var leaf = cpuid(NameLeaf, 0);
        return X86Identity.Ascii(leaf.Ebx, leaf.Ecx, leaf.Edx) switch
        {
            var name when name.StartsWith("KVM", StringComparison.Ordinal) => "KVM",
            // Windows with its own protection on runs over Hyper-V, as the root partition: this is bare metal all the same.
            "Microsoft Hv" => IsRootPartition(cpuid) ? null : "Hyper-V",
            "VMwareVMware" => "VMware",
            "VBoxVBoxVBox" => "VirtualBox",
            "XenVMMXenVMM" => "Xen",
            "TCGTCGTCGTCG" => "QEMU",
            "bhyve bhyve " => "bhyve",
            "ACRNACRNACRN" => "ACRN",
            " lrpepyh  vr" or "prl hyperv  " => "Parallels",
            var name => HardwareText.Clean(name) ?? "Unknown",
        };
    }

    /// <summary>Only the root partition may create partitions (Hyper-V functional specification, leaf 0x40000003).</summary>
    private static bool IsRootPartition(CpuIdReader cpuid) => (cpuid(NameLeaf + 3, 0).Ebx & 1) != 0;
}
