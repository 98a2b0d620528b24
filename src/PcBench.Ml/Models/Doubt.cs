using PcBench.Contracts.Api;
using PcBench.Ml.Assessing;
using PcBench.Ml.Tables;

namespace PcBench.Ml.Models;

/// <summary>What makes a prediction less sure: what is missing, unknown or contradicts itself.</summary>
/// <param name="Factor">How many times wider the interval is made.</param>
/// <param name="Notes">Why.</param>
internal sealed record Doubt(double Factor, IReadOnlyList<PredictionNote> Notes)
{
    // Measured by taking the field away from rows that have it: residuals grow by about so much.
    private const double PerMissing = 1.15;
    private const double NoCore = 1.5;
    private const double NoCores = 2.5;
    private const double NoChartClock = 2.5;
    private const double PerContradiction = 1.5;
    private const double Most = 6;

    public static Doubt Of(MachineKind kind, Hardware hardware) => Of(kind, hardware, IdentityCheck.Find(hardware));

    /// <param name="kind">What is predicted for it.</param>
    /// <param name="hardware">The machine.</param>
    /// <param name="contradictions">What <see cref="IdentityCheck"/> found in it.</param>
    public static Doubt Of(MachineKind kind, Hardware hardware, IEnumerable<Contradiction> contradictions)
    {
        var factor = 1.0;
        List<PredictionNote> notes = [];
        void Unknown(string field, double times, string text)
        {
            factor *= times;
            notes.Add(new PredictionNote("unknown", field, text));
        }

        if (hardware.Cores is null && hardware.Threads is null)
            Unknown("cores", NoCores, "Neither cores nor threads are given: figures of all cores together are little more than a guess.");
        if (MachineFeatures.CoreOf(kind, hardware) is null)
        {
            if (kind == MachineKind.Server)
                Unknown("microarchitecture", NoCore, $"'{hardware.Microarchitecture ?? hardware.CpuModel ?? "The processor"}' is no microarchitecture that is known here.");
            else
                Unknown("cpuModel", 1, "No name is given that tells the cores: figures of PassMark's charts are little more than a guess.");
        }

        if (hardware.BaseMhz is null && hardware.MaxMhz is null && hardware.ReportedMhz is null && hardware.CpuModel is null)
            Unknown("baseMhz", NoCore, "No clock is given, and no model that would tell it.");
        else if (kind == MachineKind.Chart && ChartFeatures.Clocks(hardware).Nominal is null)
            Unknown("baseMhz", NoChartClock, "No clock is given, and the name does not tell it: figures of PassMark's charts are little more than a guess.");
        if (kind == MachineKind.Server && hardware.L3Kib is null && hardware.L2Kib is null)
            Unknown("l3Kib", PerMissing, "No caches are given.");
        if (kind == MachineKind.Server && hardware.MemoryMib is null)
            Unknown("memoryMib", PerMissing, "The memory is not given.");
        foreach (var contradiction in contradictions)
        {
            factor *= PerContradiction;
            notes.Add(new PredictionNote("contradiction", contradiction.Field, contradiction.Text));
        }

        return new Doubt(Math.Min(factor, Most), notes);
    }
}
