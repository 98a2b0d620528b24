namespace PcBench.Cli.Machine;

/// <summary>What hypervisors call the disks that they make; a disk of the host that is passed through keeps its own name.</summary>
internal static class VirtualDisks
{
    private static readonly string[] Names =
    [
        "QEMU", "VMware", "VBOX", "Virtual", "Msft", "VirtIO", "Xen",
        "Elastic Block Stor", "PersistentDisk", "nvme_card-pd", "BlockVolume",
    ];

    /// <summary>Whether maker and model are those of a hypervisor's disk.</summary>
    public static bool IsNamed(string makerAndModel) => Names.Any(name => makerAndModel.Contains(name, StringComparison.OrdinalIgnoreCase));
}
