using System.Globalization;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>The state of a machine as Linux shows it.</summary>
internal sealed class LinuxState(IFileTree files) : IStateSource
{
    private static readonly string[] CpuSensors =
        ["coretemp", "k10temp", "zenpower", "cpu_thermal", "soc_thermal", "via_cputemp", "apm_xgene"];

    private static readonly string[] CpuZones = ["x86_pkg_temp", "cpu-thermal", "cpu_thermal", "soc-thermal", "soc_thermal"];

    public EnvironmentInfo Read() => new()
    {
        Governor = HardwareText.Clean(files.Value($"{LinuxTopology.Folder}/cpu0/cpufreq/scaling_governor")),
        Power = Power(),
        LoadAverage = LoadAverage(files.Text("/proc/loadavg")),
        Microcode = HardwareText.Clean(ProcCpuInfo.Parse(files.Text("/proc/cpuinfo")).FirstOrDefault()?.GetValueOrDefault("microcode")),
        HugePages = Chosen(files.Text("/sys/kernel/mm/transparent_hugepage/enabled")),
        Mitigations = Mitigations() is { Count: > 0 } texts ? texts : null,
    };

    public CpuTimes? Times() => ProcStat.Parse(files.Text("/proc/stat"));

    public double? TemperatureC()
    {
        var sensors = files.Entries("/sys/class/hwmon")
            .Select(sensor => $"/sys/class/hwmon/{sensor}")
            .Where(folder => CpuSensors.Contains(files.Value($"{folder}/name")))
            .SelectMany(folder => files.Entries(folder).Where(IsReading).Select(name => files.Number($"{folder}/{name}")));
        var zones = files.Entries("/sys/class/thermal")
            .Select(zone => $"/sys/class/thermal/{zone}")
            .Where(folder => CpuZones.Contains(files.Value($"{folder}/type")))
            .Select(folder => files.Number($"{folder}/temp"));
        var hottest = sensors.Concat(zones).Where(milli => milli is >= -50_000 and <= 150_000).Max();
        return hottest / 1000.0;
    }

    private static bool IsReading(string name) =>
        name.StartsWith("temp", StringComparison.Ordinal) && name.EndsWith("_input", StringComparison.Ordinal);

    /// <summary>A battery that drains is the source whatever else is plugged in.</summary>
    private PowerSource? Power()
    {
        const string Folder = "/sys/class/power_supply";
        var supplies = files.Entries(Folder).Select(name => $"{Folder}/{name}").ToList();
        // A mouse has a battery too; it says that it is a device's.
        if (supplies.Any(supply => files.Value($"{supply}/type") == "Battery" && files.Value($"{supply}/scope") != "Device"
            && files.Value($"{supply}/status") == "Discharging"))
            return PowerSource.Battery;
        return supplies.Any(supply => files.Value($"{supply}/type") is "Mains" or "USB" && files.Number($"{supply}/online") == 1)
            ? PowerSource.Mains
            : null;
    }

    private List<string> Mitigations()
    {
        const string Folder = "/sys/devices/system/cpu/vulnerabilities";
        const int Most = 64;
        return
        [
            .. files.Entries(Folder)
                .Select(name => HardwareText.Clean($"{name}: {files.Value($"{Folder}/{name}")}"))
                .OfType<string>().Where(text => !text.EndsWith(": Not affected", StringComparison.Ordinal) && !text.EndsWith(':')).Take(Most),
        ];
    }

    private static double? LoadAverage(string? text) =>
        double.TryParse((text ?? "").Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var load)
            && load <= 100_000
                ? load
                : null;

    /// <summary>The word in brackets: <c>always [madvise] never</c>.</summary>
    private static string? Chosen(string? text)
    {
        var open = text?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        var close = text?.IndexOf(']', StringComparison.Ordinal) ?? -1;
        return open >= 0 && close > open ? HardwareText.Clean(text![(open + 1)..close]) : null;
    }
}
