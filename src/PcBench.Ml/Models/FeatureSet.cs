namespace PcBench.Ml.Models;

/// <summary>Features of one kind of machine, by name, in a fixed order. Unknown is <see cref="float.NaN"/> until it is stored.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Values">Their values.</param>
internal readonly record struct FeatureVector(IReadOnlyList<string> Names, float[] Values);

/// <summary>Collects features under their names.</summary>
internal sealed class FeatureWriter
{
    /// <summary>Stands for unknown: below everything that is known, so that a tree can tell it apart.</summary>
    public const float Unknown = -20;

    private readonly List<string> names = new(80);
    private readonly List<float> values = new(80);

    public void Add(string name, double? value)
    {
        names.Add(name);
        values.Add(value is { } known && double.IsFinite(known) ? (float)known : Unknown);
    }

    public void Log(string name, double? value) => Add(name, value > 0 ? Math.Log(value.Value) : null);

    public FeatureVector Done() => new(names, [.. values]);
}
