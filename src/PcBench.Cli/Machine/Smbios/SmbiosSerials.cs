namespace PcBench.Cli.Machine.Smbios;

/// <summary>The serial numbers and asset tags in a firmware's table, to be looked for in what is sent.</summary>
internal static class SmbiosSerials
{
    /// <summary>By type of structure: system, board, case, processor, memory module.</summary>
    private static readonly Dictionary<byte, int[]> Offsets = new() { [1] = [0x07], [2] = [0x07, 0x08], [3] = [0x07, 0x08], [4] = [0x20, 0x21], [17] = [0x18, 0x19] };

    public static IEnumerable<string?> Of(byte[]? table) =>
        SmbiosTable.Parse(table).SelectMany(structure => Offsets.GetValueOrDefault(structure.Type, []).Select(structure.String));
}
