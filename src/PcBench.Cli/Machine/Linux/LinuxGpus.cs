using System.Globalization;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>Graphics processors from <c>/sys/bus/pci/devices</c>.</summary>
internal static class LinuxGpus
{
    private const string Folder = "/sys/bus/pci/devices";
    private const int MaxGpus = 32;

    private static readonly string[] NameFiles = ["/usr/share/hwdata/pci.ids", "/usr/share/misc/pci.ids"];

    public static IReadOnlyList<GpuInfo> Read(IFileTree files)
    {
        var devices = files.Entries(Folder).Where(device => IsGpu(files.Value($"{Folder}/{device}/class"))).Take(MaxGpus).ToList();
        // The file of names is over a megabyte, so it is read only where there is something to name.
        var names = devices.Count > 0 ? NameFiles.Select(files.Text).FirstOrDefault(text => text is not null) : null;
        return [.. devices.Select(device => Gpu(files, device, names)).OfType<GpuInfo>()];
    }

    /// <summary>Display controllers (class 0x03) and processing accelerators (0x1200), as AMD's Instinct are.</summary>
    private static bool IsGpu(string? pciClass) =>
        pciClass is not null
        && (pciClass.StartsWith("0x03", StringComparison.Ordinal) || pciClass.StartsWith("0x1200", StringComparison.Ordinal));

    private static GpuInfo? Gpu(IFileTree files, string device, string? names)
    {
        if (Id(files.Value($"{Folder}/{device}/vendor")) is not { } vendor || Id(files.Value($"{Folder}/{device}/device")) is not { } model)
            return null;
        var vendorName = PciNames.Vendor(vendor);
        return new GpuInfo
        {
            Vendor = vendorName,
            Model = NvidiaModel(files.Text($"/proc/driver/nvidia/gpus/{device}/information"))
                ?? PciNames.Device(names, vendor, model)
                ?? $"{vendorName ?? $"PCI {vendor:x4}"} {model:x4}",
            MemoryMib = files.Number($"{Folder}/{device}/mem_info_vram_total") >> 20 is >= 1 and <= 1 << 24 and var mib ? (int)mib : null,
            Driver = Driver(files, files.Text($"{Folder}/{device}/uevent")),
        };
    }

    private static int? Id(string? text) =>
        text is ['0', 'x', .. var digits] && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    /// <summary>The driver's line <c>Model: NVIDIA H100</c>. The GPU's UUID, which stands beside it, is not looked at.</summary>
    private static string? NvidiaModel(string? information) =>
        FirmwareText.Name(LabelledLine.Find(information, "Model:"));

    private static string? Driver(IFileTree files, string? uevent)
    {
        var driver = HardwareText.Clean(LabelledLine.Find(uevent, "DRIVER="));
        return driver is null ? null : HardwareText.Clean($"{driver} {files.Value($"/sys/module/{driver.Replace('-', '_')}/version")}");
    }
}
