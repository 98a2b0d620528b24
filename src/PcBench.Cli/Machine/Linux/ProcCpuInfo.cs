namespace PcBench.Cli.Machine.Linux;

/// <summary><c>/proc/cpuinfo</c>: a block of <c>name : value</c> lines for each processor.</summary>
internal static class ProcCpuInfo
{
    /// <summary>The blocks that describe a processor; other blocks (a board's name and serial number) are left out.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Parse(string? text)
    {
        var blocks = new List<IReadOnlyDictionary<string, string>>();
        var block = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (text ?? "").Split('\n').Append(""))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                block.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            else if (block.ContainsKey("processor"))
                blocks.Add(block);
            if (colon <= 0)
                block = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        return blocks;
    }
}
