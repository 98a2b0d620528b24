using PcBench.Contracts.Api;
using PcBench.Ml.Assessing;
using PcBench.Ml.Models;
using PcBench.Ml.Tables;

namespace PcBench.Ml.Registry;

/// <summary>A real machine that a prediction can point to.</summary>
internal sealed record Example(MachineKind Kind, string Cpu, string? Core, int? Cores, int? Threads, double Speed, IReadOnlyDictionary<string, double> Figures);

/// <summary>A trained model as a whole. The same data and seed give the same bytes.</summary>
/// <param name="Metrics">What is known of each metric.</param>
/// <param name="Suspicion">Tells altered results; null where there was too little data.</param>
/// <param name="Examples">Real machines.</param>
internal sealed record ModelFile(IReadOnlyList<MetricModel> Metrics, SuspicionModel? Suspicion, IReadOnlyList<Example> Examples)
{
    private const string Magic = "pcbench.model/4";

    public byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Magic);

        // Features by name: a program whose features are others refuses the file instead of misreading it.
        foreach (var index in new[] { MachineFeatures.Server, MachineFeatures.Chart })
            writer.Many(index.Names, (w, name) => w.Write(name));
        writer.Many(Metrics, (w, metric) => metric.Write(w));
        writer.Write(Suspicion is not null);
        Suspicion?.Write(writer);
        writer.Many(Examples, Write);
        writer.Flush();
        return memory.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no model, or one of another version of the program.</exception>
    public static ModelFile Of(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        try
        {
            if (reader.ReadString() != Magic)
                throw new InvalidDataException($"It is no model of this version ({Magic}).");
            foreach (var index in new[] { MachineFeatures.Server, MachineFeatures.Chart })
            {
                if (!reader.Many(r => r.ReadString()).SequenceEqual(index.Names))
                    throw new InvalidDataException("The model was trained on other features than this version has. Train it anew: ml train.");
            }

            var metrics = reader.Many(r => MetricModel.Read(r, MachineFeatures.IndexOf));
            var suspicion = reader.ReadBoolean() ? SuspicionModel.Read(reader) : null;
            return new ModelFile(metrics, suspicion, reader.Many(Read));
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The model file is damaged.", damaged);
        }
    }

    /// <summary>Real machines of the training data: one for each processor and size, with the median of what was measured.</summary>
    public static IReadOnlyList<Example> ExamplesOf(IEnumerable<Machine> machines, IReadOnlyCollection<string> metrics) =>
        [.. from machine in machines
            let hardware = machine.Hardware
            where hardware.CpuModel is not null
            group machine by (machine.Kind, Cpu: Contracts.Results.CpuName.Display(hardware.CpuModel!), hardware.Cores, hardware.Threads) into same
            let first = same.First()
            let figures = metrics.Select(metric => (Metric: metric, Sorted: same.Select(machine => machine.Figure(metric)).OfType<double>().Order().ToArray()))
                .Where(figure => figure.Sorted.Length > 0).ToDictionary(figure => figure.Metric, figure => figure.Sorted[figure.Sorted.Length / 2])
            where figures.Count > 0
            orderby same.Key.Kind, same.Key.Cpu, same.Key.Cores, same.Key.Threads
            select new Example(same.Key.Kind, same.Key.Cpu, MachineFeatures.CoreOf(same.Key.Kind, first.Hardware), same.Key.Cores, same.Key.Threads, SpeedOf(same.Key.Kind, first.Hardware), figures)];

    /// <summary>Clock times speed at equal clock, in any unit that is the same for all of a kind.</summary>
    public static double SpeedOf(MachineKind kind, Hardware hardware)
    {
        if (kind == MachineKind.Chart)
            return (hardware.MaxMhz ?? hardware.BaseMhz ?? 2000) * (Knowledge.CoreNames.Find(hardware.CpuModel)?.PerClock ?? 0.35);
        var features = new ServerFeatures(hardware);
        return (features.MaxMhz ?? 2500) * (features.PerClock ?? 1);
    }

    private static void Write(BinaryWriter writer, Example example)
    {
        writer.Write((int)example.Kind);
        writer.Write(example.Cpu);
        writer.Write(example.Core ?? "");
        writer.Write(example.Cores ?? 0);
        writer.Write(example.Threads ?? 0);
        writer.Write(example.Speed);
        writer.Many(example.Figures.ToList(), (w, figure) =>
        {
            w.Write(figure.Key);
            w.Write(figure.Value);
        });
    }

    private static Example Read(BinaryReader reader)
    {
        var (kind, cpu, core, cores, threads, speed) = ((MachineKind)reader.ReadInt32(), reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
        return new Example(kind, cpu, core.Length == 0 ? null : core, cores == 0 ? null : cores, threads == 0 ? null : threads, speed,
            reader.Many(r => (Metric: r.ReadString(), Value: r.ReadDouble())).ToDictionary(figure => figure.Metric, figure => figure.Value));
    }
}
