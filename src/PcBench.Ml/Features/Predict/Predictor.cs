using System.Globalization;
using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;
using PcBench.Ml.Assessing;
using PcBench.Ml.Models;
using PcBench.Ml.Registry;
using PcBench.Ml.Tables;

namespace PcBench.Ml.Features.Predict;

/// <summary>Says what a machine should score. A pure function of the request and the model.</summary>
internal static class Predictor
{
    /// <summary>As in the comparison with results of the same model: fewer say nothing.</summary>
    private const int MinPeers = 5;

    /// <summary>Zen 3 at usual clocks with 16 threads: the machine that contributions are told against.</summary>
    private static readonly Hardware Typical = new()
    {
        Microarchitecture = "Zen3",
        Vendor = "AMD",
        Architecture = "x86_64",
        BaseMhz = 2600,
        MaxMhz = 3500,
        Cores = 8,
        Threads = 16,
        L1DataKib = 256,
        L1InstructionKib = 256,
        L2Kib = 4096,
        L2Instances = 8,
        L3Kib = 32768,
        L3Instances = 1,
        NumaNodes = 1,
        MemoryMib = 65536,
        MemoryMts = 3200,
        MemoryType = "DDR4",
        Hypervisor = "KVM",
        Shared = false,
        Sockets = 1,
    };

    public static Prediction Predict(PredictRequest request, LoadedModel? model, bool explain)
    {
        var hardware = request.Hardware;
        var doubts = new Doubt?[2];
        var features = new float[2][];
        var changes = new IReadOnlyList<Change>?[2];
        IReadOnlyList<Contradiction>? contradictions = null;
        List<MetricPrediction> metrics = [];
        foreach (var id in request.Metrics ?? [.. model?.File.Metrics.Select(metric => metric.Metric) ?? [], .. request.Peers?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()])
        {
            if (metrics.Exists(metric => metric.Metric == id))
                continue;
            if (model?.File.Metrics.FirstOrDefault(metric => metric.Metric == id) is { } known)
            {
                var kind = (int)known.Kind;
                features[kind] ??= MachineFeatures.Of(known.Kind, hardware);
                doubts[kind] ??= Doubt.Of(known.Kind, hardware, contradictions ??= [.. IdentityCheck.Find(hardware)]);
                if (explain)
                    changes[kind] ??= Changes(known.Kind, hardware);
                metrics.Add(OfModel(known, hardware, features[kind], doubts[kind]!.Factor, changes[kind]));
            }
            else
            {
                metrics.Add(OfPeers(id, request.Peers?.GetValueOrDefault(id), model is not null));
            }
        }

        List<PredictionNote> notes = [.. doubts.OfType<Doubt>().SelectMany(doubt => doubt.Notes).Distinct()];
        if (model is null)
            notes.Add(new PredictionNote("no-model", null, "No model is active: only figures of machines with the same processor, where they were given, could be asked."));
        else
            notes.AddRange(Unseen(model, hardware, doubts));
        return new Prediction(metrics, explain ? model?.Neighbours.Of(hardware) : null, notes, model?.Version);
    }

    /// <summary>Cores that no machine of the training data has, by the kinds of machine that were asked about.</summary>
    private static IEnumerable<PredictionNote> Unseen(LoadedModel model, Hardware hardware, Doubt?[] asked) =>
        from kind in Enum.GetValues<MachineKind>()
        where asked[(int)kind] is not null
        let core = MachineFeatures.CoreOf(kind, hardware)
        where core is not null && !model.File.Metrics.Any(metric => metric.Kind == kind && metric.Cores.ContainsKey(core))
        group kind by core into kinds
        select new PredictionNote("unknown", "microarchitecture", $"No machine with {kinds.Key} was among the training data: the interval is wider.");

    private static MetricPrediction OfModel(MetricModel model, Hardware hardware, float[] features, double doubt, IReadOnlyList<Change>? changes)
    {
        Span<double> logs = stackalloc double[1 + (changes?.Count ?? 0)];
        model.Regressor.Evaluate([features, .. changes?.Select(change => change.Features) ?? []], logs);
        var range = model.RangeOf(logs[0], features, MachineFeatures.CoreOf(model.Kind, hardware), doubt);
        return new MetricPrediction(model.Metric, Title(model.Metric), Unit(model.Metric), Basis.Model, Round(range.Median), Round(range.Low), Round(range.High),
            Math.Round(range.Widened, 2), changes is null ? null : Contributions(changes, logs));
    }

    private static MetricPrediction OfPeers(string metric, IReadOnlyList<double>? peers, bool hasModel)
    {
        if (peers is null || peers.Count < MinPeers)
        {
            return new MetricPrediction(metric, Title(metric), Unit(metric), Basis.NotEnoughData, null, null, null,
                Note: $"{(hasModel ? "The model does not know this metric" : "No model is active")}, and {peers?.Count ?? 0} figures of machines with the same processor are too few; {MinPeers} are needed.");
        }

        var sorted = peers.Order().ToArray();
        return new MetricPrediction(metric, Title(metric), Unit(metric), Basis.SameModel, Round(SampleStatistics.Quantile(sorted, 0.5)), Round(SampleStatistics.Quantile(sorted, 0.05)),
            Round(SampleStatistics.Quantile(sorted, 0.95)), Note: $"From {sorted.Length} machines with the same processor.");
    }

    /// <summary>The machine with one property made a typical one.</summary>
    /// <param name="Property">Which.</param>
    /// <param name="Value">What it is in truth.</param>
    /// <param name="Features">Features with it changed.</param>
    private sealed record Change(string Property, string Value, float[] Features);

    /// <summary>What the figure falls or rises by when a property is made a typical one is the property's.</summary>
    /// <param name="changes">The properties.</param>
    /// <param name="logs">Logarithm of the figure: the true one, then that of each change.</param>
    private static List<Contribution> Contributions(IReadOnlyList<Change> changes, ReadOnlySpan<double> logs)
    {
        var all = new List<Contribution>(changes.Count);
        for (var i = 0; i < changes.Count; i++)
            all.Add(new Contribution(changes[i].Property, changes[i].Value, Math.Round(Math.Exp(logs[0] - logs[i + 1]), 3)));
        return [.. all.Where(one => Math.Abs(one.Factor - 1) > 0.002).OrderByDescending(one => Math.Abs(Math.Log(one.Factor)))];
    }

    /// <summary>Each property in turn; all metrics of a kind share them.</summary>
    private static IReadOnlyList<Change> Changes(MachineKind kind, Hardware hardware)
    {
        var typical = Typical;
        float[] With(Hardware changed) => MachineFeatures.Of(kind, changed);

        // A server's core comes with its own caches; what is unknown stays so.
        double? OwnCache(double? kib, double? typicalKib) => kind == MachineKind.Server && kib is not null ? typicalKib / typical.Cores * hardware.Cores : kib;
        var core = MachineFeatures.CoreOf(kind, hardware);
        var clock = hardware.MaxMhz ?? (kind == MachineKind.Server ? new ServerFeatures(hardware).MaxMhz : hardware.BaseMhz);
        return
        [
            new("microarchitecture", core ?? "unknown", With(hardware with
            {
                Microarchitecture = typical.Microarchitecture,
                CpuModel = kind == MachineKind.Chart ? "AMD Ryzen 7 5800X" : null,
                Vendor = typical.Vendor,
                Architecture = typical.Architecture,
                CpuidFamily = null,
                CpuidModel = null,
                CpuidStepping = null,
                L1DataKib = OwnCache(hardware.L1DataKib, typical.L1DataKib),
                L2Kib = OwnCache(hardware.L2Kib, typical.L2Kib),
                MaxMhz = clock,
                LaunchYear = kind == MachineKind.Chart ? 2021 : null,
            })),
            new("clock", clock is { } mhz ? string.Create(CultureInfo.InvariantCulture, $"{mhz / 1000:F2} GHz") : "unknown", With(hardware with
            {
                CpuModel = kind == MachineKind.Chart ? hardware.CpuModel : null,
                Microarchitecture = hardware.Microarchitecture ?? core,
                BaseMhz = typical.BaseMhz,
                MaxMhz = hardware.MaxMhz is null && kind == MachineKind.Server ? null : typical.MaxMhz,
                ReportedMhz = null,
                FirmwareMaxMhz = null,
            })),
            new("cores", $"{hardware.Cores?.ToString(CultureInfo.InvariantCulture) ?? "?"} cores, {hardware.Threads?.ToString(CultureInfo.InvariantCulture) ?? "?"} threads", With(WithCores(hardware))),
            new("cache", hardware.L3Kib is { } l3 ? string.Create(CultureInfo.InvariantCulture, $"{l3 / 1024:F0} MiB of level 3") : "unknown", With(hardware with
            {
                L3Kib = typical.L3Kib / typical.Cores * (hardware.Cores ?? typical.Cores),
                L3Instances = Math.Max(1, (hardware.Cores ?? 8) / 8),
            })),
            new("memory", $"{hardware.MemoryType ?? "memory"} {(hardware.MemoryMts is { } rate ? $"at {rate:F0} MT/s" : "of unknown rate")}", With(hardware with
            {
                MemoryMib = 4096.0 * (hardware.Threads ?? 16),
                MemoryMts = null,
                MemoryType = null,
                MemoryChannels = null,
            })),
            new("virtualisation", hardware.Hypervisor switch { null => "unknown", "" => "none", var name => name } + (hardware.Shared == true ? ", shared" : ""), With(hardware with { Hypervisor = "KVM", Shared = false })),
        ];
    }

    private static Hardware WithCores(Hardware hardware)
    {
        var cores = Typical.Cores!.Value;
        var times = cores / (double)(hardware.Cores ?? hardware.Threads ?? cores);
        return hardware with
        {
            Cores = cores,
            Threads = hardware.Threads == hardware.Cores ? cores : 2 * cores,
            Sockets = 1,
            PerformanceCores = null,
            EfficiencyCores = null,
            NumaNodes = 1,
            L1DataKib = hardware.L1DataKib * times,
            L1InstructionKib = hardware.L1InstructionKib * times,
            L2Kib = hardware.L2Kib * times,
            L2Instances = hardware.L2Instances is null ? null : cores,
            L3Kib = hardware.L3Kib * times,
            L3Instances = hardware.L3Instances is { } l3 ? Math.Max(1, (int)(l3 * times)) : null,
            MemoryMib = hardware.MemoryMib * times,
        };
    }

    private static string Title(string metric) => ExternalMetrics.Find(metric)?.Title ?? WorkloadCatalog.Find(metric)?.Title ?? metric;

    private static string Unit(string metric) => ExternalMetrics.Find(metric)?.Unit ?? WorkloadCatalog.Find(metric)?.Unit ?? "";

    /// <summary>To five digits: more are never known.</summary>
    private static double Round(double figure) => figure == 0 ? 0 : Math.Round(figure, Math.Clamp(4 - (int)Math.Floor(Math.Log10(Math.Abs(figure))), 0, 15));
}
