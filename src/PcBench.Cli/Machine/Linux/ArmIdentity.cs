using System.Globalization;
using PcBench.Cli.Machine.Cpu;

namespace PcBench.Cli.Machine.Linux;

/// <summary>Identity of an Arm processor by the Main ID Registers that <c>/proc/cpuinfo</c> shows.</summary>
internal static class ArmIdentity
{
    /// <summary>The identity; of a hybrid, that of its biggest core with all kinds of core in the model.</summary>
    public static CpuIdentity Read(IFileTree files)
    {
        var kinds = ProcCpuInfo.Parse(files.Text("/proc/cpuinfo"))
            .Select(block => (Core: Core(block), Capacity: Capacity(files, block)))
            .Where(cpu => cpu.Core is not null)
            .OrderByDescending(cpu => cpu.Capacity)
            .Select(cpu => cpu.Core!)
            .Distinct()
            .ToList();
        if (kinds.Count == 0)
            return CpuIdentity.Unknown;
        var names = kinds.Select(kind => kind.Name).OfType<string>().Distinct().ToList();
        return new CpuIdentity
        {
            Vendor = ArmCores.Vendor(kinds[0].Implementer),
            Model = names.Count > 0 ? string.Join(" + ", names) : null,
            Microarchitecture = kinds[0].Name,
            ModelNumber = kinds[0].Part,
            Stepping = kinds[0].Revision,
        };
    }

    private static long Capacity(IFileTree files, IReadOnlyDictionary<string, string> block) =>
        Field(block, "processor") is { } cpu ? files.Number($"{LinuxTopology.Folder}/cpu{cpu}/cpu_capacity") ?? 0 : 0;

    private static ArmCore? Core(IReadOnlyDictionary<string, string> block) =>
        Field(block, "CPU implementer") is { } implementer && Field(block, "CPU part") is { } part
            ? new ArmCore(implementer, part, ((Field(block, "CPU variant") ?? 0) << 4) | (Field(block, "CPU revision") ?? 0))
            : null;

    private static int? Field(IReadOnlyDictionary<string, string> block, string name)
    {
        if (!block.TryGetValue(name, out var text))
            return null;
        var hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(hex ? text[2..] : text, style, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 0xFFFF
            ? number
            : null;
    }

    /// <param name="Implementer">Who made the core.</param>
    /// <param name="Part">Which core.</param>
    /// <param name="Revision">Variant and revision as one byte: r1p2 is 0x12.</param>
    private sealed record ArmCore(int Implementer, int Part, int Revision)
    {
        public string? Name => ArmCores.Core(Implementer, Part);
    }
}
