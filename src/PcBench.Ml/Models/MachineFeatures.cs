using PcBench.Contracts.Api;
using PcBench.Ml.Knowledge;
using PcBench.Ml.Tables;

namespace PcBench.Ml.Models;

/// <summary>Features of a machine by kind, and the microarchitecture that groups it.</summary>
internal static class MachineFeatures
{
    public static FeatureIndex Server { get; } = new(new ServerFeatures(new Hardware()).Features().Names);

    public static FeatureIndex Chart { get; } = new(ChartFeatures.Of(new Hardware()).Names);

    private static readonly int SharedAt = Server.Of("shared");

    public static FeatureIndex IndexOf(MachineKind kind) => kind == MachineKind.Server ? Server : Chart;

    public static float[] Of(MachineKind kind, Hardware hardware) =>
        kind == MachineKind.Server ? new ServerFeatures(hardware).Features().Values : ChartFeatures.Of(hardware).Values;

    /// <summary>Whether a machine of these features is known to share its processor.</summary>
    public static bool IsShared(MachineKind kind, float[] features) => kind == MachineKind.Server && features[SharedAt] > 0;

    public static string? CoreOf(MachineKind kind, Hardware hardware) =>
        kind == MachineKind.Server ? ServerFeatures.MicroarchitectureOf(hardware)?.Name : CoreNames.Find(hardware.CpuModel)?.Microarchitecture;
}
