using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>Board and firmware from <c>/sys/class/dmi/id</c>. The serial numbers and ids that lie there too are never opened.</summary>
internal static class LinuxBoard
{
    private const string Folder = "/sys/class/dmi/id";

    /// <summary>The board, or the whole machine where the board has no name of its own.</summary>
    public static BoardInfo? Read(IFileTree files)
    {
        var board = Name(files, "board_name");
        var info = new BoardInfo
        {
            Vendor = (board is null ? null : Name(files, "board_vendor")) ?? Name(files, "sys_vendor"),
            Model = board ?? Name(files, "product_name") ?? FirmwareText.Name(files.Value("/proc/device-tree/model")),
            Bios = Name(files, "bios_version"),
        };
        return info is { Vendor: null, Model: null, Bios: null } ? null : info;
    }

    /// <summary>The hypervisor that the firmware names: the only trace where the processor has no CPUID.</summary>
    public static string? Hypervisor(IFileTree files)
    {
        var product = Name(files, "product_name");
        return Name(files, "sys_vendor") switch
        {
            "QEMU" => "QEMU",
            "VMware, Inc." => "VMware",
            "Parallels International GmbH." => "Parallels",
            "Google" when product == "Google Compute Engine" => "Google Compute Engine",
            "Amazon EC2" when product?.Contains(".metal", StringComparison.Ordinal) == false => "Amazon EC2",
            "Microsoft Corporation" when product == "Virtual Machine" => "Hyper-V",
            "Apple Inc." when product?.Contains("Virtualization", StringComparison.Ordinal) == true => "Apple Virtualization",
            "Alibaba Cloud" when product?.Contains("ECS", StringComparison.Ordinal) == true => "Alibaba Cloud",
            "Hetzner" when product == "vServer" => "Hetzner",
            "OpenStack Foundation" => "OpenStack",
            _ => FirmwareText.Name(files.Value("/sys/hypervisor/type")) == "xen" ? "Xen" : OfDeviceTree(files),
        };
    }

    /// <summary>Guests without such a table have a device tree, which has a node for the hypervisor or names a board that nobody built.</summary>
    private static string? OfDeviceTree(IFileTree files) =>
        files.Text("/proc/device-tree/hypervisor/compatible") is { } hypervisor ? hypervisor.Contains("xen", StringComparison.Ordinal) ? "Xen" : "KVM"
        : files.Text("/proc/device-tree/compatible")?.Contains("linux,dummy-virt", StringComparison.Ordinal) == true ? "KVM"
        : null;

    private static string? Name(IFileTree files, string file) => FirmwareText.Name(files.Value($"{Folder}/{file}"));
}
