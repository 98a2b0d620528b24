using System.Buffers.Binary;
using System.Text;

namespace PcBench.Cli.Machine.Smbios;

/// <summary>One structure of the SMBIOS table (DMTF DSP0134): a formatted area, and strings that it points at by number.</summary>
/// <param name="Type">What it describes.</param>
/// <param name="Area">The formatted area with its header; as long as the firmware's version of the standard made it.</param>
/// <param name="Strings">Its strings.</param>
internal sealed record SmbiosStructure(byte Type, ReadOnlyMemory<byte> Area, IReadOnlyList<string> Strings)
{
    public byte? Byte(int offset) => offset < Area.Length ? Area.Span[offset] : null;

    public ushort? Word(int offset) =>
        offset + 2 <= Area.Length ? BinaryPrimitives.ReadUInt16LittleEndian(Area.Span[offset..]) : null;

    public uint? DoubleWord(int offset) =>
        offset + 4 <= Area.Length ? BinaryPrimitives.ReadUInt32LittleEndian(Area.Span[offset..]) : null;

    /// <summary>The string that the byte at an offset points at.</summary>
    public string? String(int offset) => Byte(offset) is { } number and > 0 && number <= Strings.Count ? Strings[number - 1] : null;
}

/// <summary>The SMBIOS table as the firmware hands it over.</summary>
internal static class SmbiosTable
{
    private const int HeaderLength = 4;
    private const byte EndOfTable = 127;

    /// <summary>The structures up to the end or to the first damage.</summary>
    public static IEnumerable<SmbiosStructure> Parse(byte[]? table)
    {
        var at = 0;
        while (table is not null && at + HeaderLength <= table.Length)
        {
            var type = table[at];
            var length = table[at + 1];
            if (type == EndOfTable || length < HeaderLength || at + length > table.Length)
                yield break;
            var area = table.AsMemory(at, length);
            var strings = Strings(table, at + length, out at);
            yield return new SmbiosStructure(type, area, strings);
        }
    }

    /// <summary>Strings end with a zero each and with one more after the last; a structure without any ends with two.</summary>
    private static List<string> Strings(byte[] table, int at, out int next)
    {
        var strings = new List<string>();
        while (at < table.Length && table[at] != 0)
        {
            var end = Array.IndexOf(table, (byte)0, at);
            if (end < 0)
                end = table.Length;
            strings.Add(Encoding.ASCII.GetString(table, at, end - at));
            at = end + 1;
        }

        next = at + (strings.Count == 0 ? 2 : 1);
        return strings;
    }
}
