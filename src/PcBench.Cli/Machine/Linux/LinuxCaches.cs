using System.Globalization;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Linux;

/// <summary>Caches from <c>/sys/devices/system/cpu/cpu*/cache</c>.</summary>
internal static class LinuxCaches
{
    private const int MaxKinds = 16;

    /// <summary>Caches by level, kind and size, nearest first: the two kinds of core of a hybrid have caches of two sizes.</summary>
    public static IReadOnlyList<CacheInfo> Read(IFileTree files) =>
        LinuxTopology.Online(files)
            .SelectMany(cpu => files.Entries($"{LinuxTopology.Folder}/cpu{cpu}/cache")
                .Where(name => name.StartsWith("index", StringComparison.Ordinal))
                .Select(name => Instance(files, $"{LinuxTopology.Folder}/cpu{cpu}/cache/{name}", cpu)))
            .OfType<CacheInstance>()
            .Distinct()
            .GroupBy(cache => (cache.Level, cache.Kind, cache.SizeKib))
            .OrderBy(group => group.Key.Level).ThenBy(group => group.Key.Kind).ThenByDescending(group => group.Key.SizeKib)
            .Take(MaxKinds)
            .Select(group => new CacheInfo
            {
                Level = group.Key.Level,
                Kind = group.Key.Kind,
                SizeKib = group.Key.SizeKib,
                Count = group.Count(),
            })
            .ToList();

    private static CacheInstance? Instance(IFileTree files, string folder, int cpu)
    {
        CacheKind? kind = files.Value($"{folder}/type") switch
        {
            "Data" => CacheKind.Data,
            "Instruction" => CacheKind.Instruction,
            "Unified" => CacheKind.Unified,
            _ => null,
        };
        return kind is not null
            && files.Number($"{folder}/level") is >= 1 and <= 4 and var level
            && Kib(files.Value($"{folder}/size")) is { } kib
            ? new CacheInstance((int)level, kind.Value, kib, files.Value($"{folder}/shared_cpu_list") ?? $"{cpu}")
            : null;
    }

    /// <summary>Size as the kernel writes it: <c>32K</c>, <c>96M</c>.</summary>
    private static int? Kib(string? size)
    {
        var unit = size is { Length: > 1 } ? size[^1] switch { 'K' => 1, 'M' => 1024, _ => 0 } : 0;
        return unit > 0 && int.TryParse(size.AsSpan()[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 && (long)number * unit <= 1 << 24
                ? number * unit
                : null;
    }

    private sealed record CacheInstance(int Level, CacheKind Kind, int SizeKib, string SharedBy);
}
