using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Main memory out of its size and its modules.</summary>
internal static class MemoryDescription
{
    public static MemoryInfo Of(long? totalMib, IReadOnlyList<MemoryModule> modules) => new()
    {
        TotalMib = (int)Math.Clamp(totalMib ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20), 64, 1 << 30),
        Type = OnlyOne(modules.Select(module => module.Type)),
        SpeedMts = OnlyOne(modules.Select(module => module.SpeedMts)),
        Modules = modules,
    };

    /// <summary>What all modules have; nothing where they differ.</summary>
    private static T? OnlyOne<T>(IEnumerable<T> values) => values.Distinct().Take(2).ToList() is [var one] ? one : default;
}
