using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Imports.Tables;

/// <summary>Fields of <see cref="Hardware"/> that a column can hold, and how their text is read.</summary>
internal static class HardwareFields
{
    private static readonly string[] Texts = ["cpuModel", "vendor", "microarchitecture", "architecture", "memoryType", "hypervisor", "category", "socket"];

    private static readonly string[] Counts =
    [
        "cpuidFamily", "cpuidModel", "cpuidStepping", "sockets", "cores", "threads", "performanceCores", "efficiencyCores", "l2Instances", "l3Instances",
        "numaNodes", "memoryChannels", "memoryModules", "launchYear",
    ];

    private static readonly string[] Numbers =
        ["baseMhz", "maxMhz", "reportedMhz", "firmwareMaxMhz", "efficiencyMaxMhz", "l1DataKib", "l1InstructionKib", "l2Kib", "l3Kib", "memoryMib", "memoryMts", "tdpW"];

    public static IReadOnlyList<string> Known { get; } = [.. Texts, .. Counts, .. Numbers];

    /// <summary>What a cell says.</summary>
    /// <returns>The value; null where it is none.</returns>
    public static JsonNode? ValueOf(string field, string cell)
    {
        if (Texts.Contains(field))
            return HardwareText.Clean(cell);
        if (field == "cpuidStepping" && SteppingOfArm(cell) is { } stepping)
            return stepping;
        if (NumberOf(cell) is not { } number)
            return null;
        return Counts.Contains(field) ? number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null : number;
    }

    public static Hardware Of(JsonObject fields) => fields.Deserialize(ApiJson.Default.Hardware)!;

    /// <summary>A plain number: no thousands' separators, no NaN, no infinity.</summary>
    public static double? NumberOf(string cell) =>
        double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;

    // As MIDR has it, in one byte: r1p2 is 18 (0x12).
    private static int? SteppingOfArm(string cell) =>
        cell is ['r', var variant and >= '0' and <= '9', 'p', var revision and >= '0' and <= '9'] ? (variant - '0') * 16 + revision - '0' : null;
}
