using PcBench.Ml.Models;

namespace PcBench.Ml.Assessing;

/// <summary>
/// How a subtest stands to its siblings on such hardware: a linear model of the logarithm of the subtest over the middle one of the
/// others, and how far honest ones stray from it.
/// </summary>
internal sealed class SiblingModel(Dictionary<string, (Linear Model, double Spread)> models)
{
    private const double Ridge = 0.005;
    private const double LeastSpread = 0.03;

    private static readonly int[] Columns = [.. new[]
    {
        "per-clock", "year", "vector-bits", "arm", "amd", "max-clock", "cores", "threads-per-core", "l2-per-core", "l3-per-core", "AVX512F", "SHANI", "AES", "SVE2",
        "bandwidth-per-core", "memory-per-thread",
    }.Select(MachineFeatures.Server.Of)];

    /// <returns>The subtest that strays most: how many times its usual spread, signed, and what was expected of it.</returns>
    public (string Metric, double Z, double Expected)? Worst(Siblings group, IReadOnlyDictionary<string, double> figures, float[] features)
    {
        (string Metric, double Z, double Expected)? worst = null;
        foreach (var metric in group.Metrics)
        {
            if (!models.TryGetValue(metric, out var known) || Middle(group, metric, figures) is not { } middle || !figures.TryGetValue(metric, out var figure))
                continue;
            var expected = middle + known.Model.Evaluate(Inputs(features));
            var z = (Math.Log(figure) - expected) / known.Spread;
            if (worst is null || Math.Abs(z) > Math.Abs(worst.Value.Z))
                worst = (metric, z, Math.Exp(expected));
        }

        return worst;
    }

    public static SiblingModel Fit(IReadOnlyList<(IReadOnlyDictionary<string, double> Figures, float[] Features)> rows)
    {
        var models = new Dictionary<string, (Linear, double)>();
        foreach (var group in Parts.Groups)
        {
            foreach (var metric in group.Metrics)
            {
                var used = rows.Where(row => row.Figures.ContainsKey(metric))
                    .Select(row => (row.Features, Middle: Middle(group, metric, row.Figures), Log: Math.Log(row.Figures[metric])))
                    .Where(row => row.Middle is not null).ToList();
                if (used.Count < 100)
                    continue;
                var inputs = used.Select(row => Inputs(row.Features)).ToList();
                var labels = used.Select(row => Math.Clamp(row.Log - row.Middle!.Value, -12, 12)).ToList();
                var linear = Linear.Fit(inputs, labels, [.. used.Select(_ => 1.0)], Ridge);
                var strays = inputs.Select((input, i) => Math.Abs(labels[i] - linear.Evaluate(input))).Order().ToArray();
                models[metric] = (linear, Math.Max(LeastSpread, Math.Max(strays[strays.Length / 2] * 1.48, strays[(int)(strays.Length * 0.95)] / 2)));
            }
        }

        return new SiblingModel(models);
    }

    /// <summary>The middle logarithm of the others: one of them that was altered does not move it.</summary>
    private static double? Middle(Siblings group, string metric, IReadOnlyDictionary<string, double> figures)
    {
        var others = group.Metrics.Where(other => other != metric && figures.ContainsKey(other)).Select(other => Math.Log(figures[other])).Order().ToArray();
        return others.Length * 2 >= group.Metrics.Count - 1 && others.Length > 0 ? others[others.Length / 2] : null;
    }

    private static double[] Inputs(float[] features) =>
        [.. Columns.Select(column => features[column] <= FeatureWriter.Unknown ? double.NaN : features[column])];

    public void Write(BinaryWriter writer) => writer.Many(models.OrderBy(model => model.Key, StringComparer.Ordinal).ToList(), (w, model) =>
    {
        w.Write(model.Key);
        model.Value.Model.Write(w);
        w.Write(model.Value.Spread);
    });

    public static SiblingModel Read(BinaryReader reader) =>
        new(reader.Many(r => (Key: r.ReadString(), Model: Linear.Read(r), Spread: r.ReadDouble())).ToDictionary(model => model.Key, model => (model.Model, model.Spread)));
}
