using System.Collections.Frozen;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Names out of firmware, where makers leave placeholders.</summary>
internal static class FirmwareText
{
    private static readonly FrozenSet<string> Placeholders = new[]
    {
        "to be filled by o.e.m.", "to be filled by oem", "default string", "system product name", "system manufacturer",
        "system version", "not specified", "not available", "not applicable", "not provided", "none", "n/a", "na", "unknown",
        "undefined", "empty", "no dimm", "oem", "o.e.m.", "type1productconfigid", "invalid", "0", "0x0000", "0000", "00000000",
        "0xff", "ffff", "base board product name", "base board", "no module installed", "modulemanufacturer", "modulepartnumber",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clean name; null where nothing is left or it says nothing.</summary>
    public static string? Name(string? raw) =>
        HardwareText.Clean(raw) is { } name && !Placeholders.Contains(name) ? name : null;
}
