using PcBench.Ml.Tables;

namespace PcBench.Ml.Models;

/// <summary>What is known of one metric.</summary>
/// <param name="Metric">Its id.</param>
/// <param name="Kind">The kind of machine it is of.</param>
/// <param name="Regressor">Predicts it.</param>
/// <param name="Interval">How sure that is.</param>
/// <param name="Cores">Microarchitectures that were seen, each with how many CPU families of it.</param>
/// <param name="Families">CPU families it was trained on.</param>
/// <param name="Rows">Rows it was trained on.</param>
internal sealed record MetricModel(
    string Metric, MachineKind Kind, Regressor Regressor, Interval Interval, IReadOnlyDictionary<string, int> Cores, int Families, int Rows)
{
    /// <summary>Prediction and interval of a machine, as figures.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="core">Its microarchitecture.</param>
    /// <param name="doubt">How many times wider the interval is to be for what is unknown or contradicts itself.</param>
    public Range Predict(float[] features, string? core, double doubt = 1) => RangeOf(Regressor.Evaluate(features), features, core, doubt);

    /// <summary>The same where the middle is known.</summary>
    /// <param name="middle">What <see cref="Regressor"/> predicts.</param>
    /// <param name="features">Features of the machine.</param>
    /// <param name="core">Its microarchitecture.</param>
    /// <param name="doubt">As above.</param>
    public Range RangeOf(double middle, float[] features, string? core, double doubt)
    {
        var widened = doubt * Interval.Distance(core is null ? 0 : Cores.GetValueOrDefault(core), MachineFeatures.IsShared(Kind, features));
        var scale = Interval.Scale(features) * widened;
        return new Range(Math.Exp(middle), Math.Exp(middle + (Interval.Low * scale)), Math.Exp(middle + (Interval.High * scale)), widened, middle, scale);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Metric);
        writer.Write((int)Kind);
        Regressor.Write(writer);
        Interval.Write(writer);
        writer.Many(Cores.OrderBy(core => core.Key, StringComparer.Ordinal).ToList(), (w, core) =>
        {
            w.Write(core.Key);
            w.Write(core.Value);
        });
        writer.Write(Families);
        writer.Write(Rows);
    }

    public static MetricModel Read(BinaryReader reader, Func<MachineKind, FeatureIndex> indexOf)
    {
        var metric = reader.ReadString();
        var kind = (MachineKind)reader.ReadInt32();
        return new MetricModel(metric, kind, Regressor.Read(metric, indexOf(kind), reader), Interval.Read(reader),
            reader.Many(r => (Core: r.ReadString(), Families: r.ReadInt32())).ToDictionary(core => core.Core, core => core.Families, StringComparer.Ordinal), reader.ReadInt32(), reader.ReadInt32());
    }
}

/// <summary>A predicted figure.</summary>
/// <param name="Median">The figure.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Widened">How many times wider it is than for hardware of a known kind.</param>
/// <param name="Log">Logarithm of the median.</param>
/// <param name="Scale">Mean absolute residual as a logarithm's, widened.</param>
internal readonly record struct Range(double Median, double Low, double High, double Widened, double Log, double Scale);
