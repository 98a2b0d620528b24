using System.Globalization;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Windows;

/// <summary>What the registry tells: processor's name, board, graphics processors, name of the system, power plan.</summary>
internal static class WindowsRegistryFacts
{
    private const string Processor = @"HARDWARE\DESCRIPTION\System\CentralProcessor\0";
    private const string Firmware = @"HARDWARE\DESCRIPTION\System\BIOS";
    private const string Version = @"SOFTWARE\Microsoft\Windows NT\CurrentVersion";
    private const string DisplayAdapters = @"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}";
    private const string PowerPlans = @"SYSTEM\CurrentControlSet\Control\Power\User\PowerSchemes";
    private const int FirstBuildOfWindows11 = 22_000;
    private const int MaxGpus = 32;

    public static string? CpuModel(IRegistry registry) => Text(registry, Processor, "ProcessorNameString");

    public static double? CpuMhz(IRegistry registry) => registry.Value(Processor, "~MHz") is int and > 0 and var mhz ? mhz : null;

    /// <summary>The update revision is the upper half of eight bytes.</summary>
    public static string? Microcode(IRegistry registry) =>
        registry.Value(Processor, "Update Revision") is byte[] { Length: 8 } bytes ? $"0x{BitConverter.ToUInt32(bytes, 4):x}" : null;

    public static BoardInfo? Board(IRegistry registry)
    {
        var board = Text(registry, Firmware, "BaseBoardProduct");
        var info = new BoardInfo
        {
            Vendor = (board is null ? null : Text(registry, Firmware, "BaseBoardManufacturer"))
                ?? Text(registry, Firmware, "SystemManufacturer"),
            Model = board ?? Text(registry, Firmware, "SystemProductName"),
            Bios = Text(registry, Firmware, "BIOSVersion"),
        };
        return info is { Vendor: null, Model: null, Bios: null } ? null : info;
    }

    public static IReadOnlyList<GpuInfo> Gpus(IRegistry registry) =>
        [.. registry.Keys(DisplayAdapters)
            .Where(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(key => Gpu(registry, $@"{DisplayAdapters}\{key}"))
            .OfType<GpuInfo>().Take(MaxGpus)];

    /// <summary>Windows 11 still calls itself 10 there; its build number tells.</summary>
    public static string OsName(IRegistry registry)
    {
        var name = Text(registry, Version, "ProductName") ?? "Windows";
        if (int.TryParse(Build(registry), NumberStyles.None, CultureInfo.InvariantCulture, out var build) && build >= FirstBuildOfWindows11)
            name = name.Replace("Windows 10", "Windows 11", StringComparison.Ordinal);
        return HardwareText.Clean($"{name} {Text(registry, Version, "DisplayVersion")}")!;
    }

    public static string? Build(IRegistry registry) => Text(registry, Version, "CurrentBuildNumber");

    public static string? PowerPlan(IRegistry registry) => Text(registry, PowerPlans, "ActivePowerScheme")?.ToLowerInvariant() switch
    {
        "381b4222-f694-41f0-9685-ff5bb260df2e" => "balanced",
        "8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c" => "high performance",
        "a1841308-3541-4fab-bc81-f71556f20b4a" => "power saver",
        null => null,
        _ => "custom",
    };

    private static GpuInfo? Gpu(IRegistry registry, string key) => Text(registry, key, "DriverDesc") is not { } model ? null : new GpuInfo
    {
        Vendor = PciVendor(Text(registry, key, "MatchingDeviceId")) ?? Text(registry, key, "ProviderName"),
        Model = model,
        MemoryMib = (registry.Value(key, "HardwareInformation.qwMemorySize") as long?) >> 20 is >= 1 and <= 1 << 24 and var mib
            ? (int)mib
            : null,
        Driver = Text(registry, key, "DriverVersion"),
    };

    /// <summary>The vendor number in <c>PCI\VEN_10DE&amp;DEV_2684</c>, which cleaning has made <c>PCIVEN_10DE&amp;DEV_2684</c>.</summary>
    private static string? PciVendor(string? deviceId)
    {
        var at = deviceId?.IndexOf("VEN_", StringComparison.OrdinalIgnoreCase) ?? -1;
        return at >= 0 && deviceId!.Length >= at + 8
            && int.TryParse(deviceId.AsSpan(at + 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var vendor)
                ? PciNames.Vendor(vendor)
                : null;
    }

    private static string? Text(IRegistry registry, string key, string name) => FirmwareText.Name(registry.Value(key, name) as string);
}
