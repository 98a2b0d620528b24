using System.Collections.Concurrent;

namespace PcBench.Ml.Knowledge;

/// <summary>What was found for a name. Looking takes as long as a prediction, and the same names come again and again.</summary>
internal sealed class Remembered<T>(Func<string, T?> find)
    where T : class
{
    private const int MaxKept = 20_000;

    private readonly ConcurrentDictionary<string, T?> kept = new(StringComparer.Ordinal);

    public T? this[string? name]
    {
        get
        {
            if (name is null)
                return null;
            if (kept.TryGetValue(name, out var known))
                return known;
            if (kept.Count >= MaxKept)
                kept.Clear();
            return kept[name] = find(name);
        }
    }
}
