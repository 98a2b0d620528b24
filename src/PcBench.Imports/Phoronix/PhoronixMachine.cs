using System.Globalization;
using System.Text.RegularExpressions;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Imports.Phoronix;

/// <summary>
/// Reads the line in which the Phoronix Test Suite describes a machine. A comma parts its entries and also stands within
/// names, so an entry begins where one of the known titles does.
/// </summary>
internal static partial class PhoronixMachine
{
    public static Hardware Of(string hardware, string software)
    {
        var entries = new Dictionary<string, string>();
        var titles = Titles().Matches(hardware);
        foreach (var (i, title) in titles.Index())
        {
            var end = i + 1 < titles.Count ? titles[i + 1].Index : hardware.Length;
            entries.TryAdd(title.Groups[1].Value, hardware[(title.Index + title.Length)..end]);
        }

        var processor = Processor().Match(entries.GetValueOrDefault("Processor") ?? "");
        return new Hardware
        {
            CpuModel = HardwareText.Clean(processor.Groups["model"].Value),
            Sockets = Number(processor.Groups["sockets"]) ?? (processor.Success && processor.Groups["model"].Length > 0 ? 1 : null),
            Cores = Number(processor.Groups["cores"]),
            Threads = Number(processor.Groups["threads"]) ?? Number(processor.Groups["cores"]),
            Architecture = Architecture().Match(software) is { Success: true } architecture ? architecture.Groups[1].Value : null,
            MemoryMib = Memory(entries.GetValueOrDefault("Memory") ?? ""),
            Hypervisor = HardwareText.Clean(Layer().Match(software) is { Success: true } layer && layer.Groups[1].Value != "Docker" ? layer.Groups[1].Value : null),
        };
    }

    private static double? Memory(string text) => MemorySize().Match(text) is { Success: true } size
        ? (Number(size.Groups["count"]) ?? 1) * double.Parse(size.Groups["size"].Value, CultureInfo.InvariantCulture) * (size.Groups["unit"].Value == "GB" ? 1_024 : 1)
        : null;

    private static int? Number(Group group) => int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"(?:^|, )(Processor|Motherboard|Chipset|Memory|Disk|Graphics|Accelerator|Audio|Monitor|Network): ", RegexOptions.CultureInvariant)]
    private static partial Regex Titles();

    // "2 x Intel Xeon E5-2620 v2 @ 2.60GHz (12 Cores / 24 Threads)": the clock is the one of the moment; the cores are of all packages.
    [GeneratedRegex(@"^(?:(?<sockets>\d{1,2}) x )?(?<model>.*?)(?: @ [\d.]+\s?[GM]Hz)?(?: \((?<cores>\d{1,4}) Cores?(?: / (?<threads>\d{1,4}) Threads)?\))?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Processor();

    [GeneratedRegex(@"^(?:(?<count>\d{1,3}) x )?(?<size>\d{1,7})\s?(?<unit>GB|MB)\b", RegexOptions.CultureInvariant)]
    private static partial Regex MemorySize();

    [GeneratedRegex(@"Kernel: [^,]*\((x86_64|aarch64)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Architecture();

    [GeneratedRegex(@"System Layer: ([^,]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Layer();
}
