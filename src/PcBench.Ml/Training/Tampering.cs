using PcBench.Contracts.Api;
using PcBench.Ml.Assessing;
using PcBench.Ml.Models;
using PcBench.Ml.Tables;

namespace PcBench.Ml.Training;

/// <summary>An altered copy of an honest result, to learn from.</summary>
internal sealed record Altered(string Kind, Hardware Hardware, IReadOnlyDictionary<string, double> Figures);

/// <summary>Alters results as cheaters and failing machines do.</summary>
internal static class Tampering
{
    private static readonly string[] Suites =
        ["geekbench6.", "passmark11.", "bw-mem.", "openssl3.", "compression.", "stress-ng."];

    private static readonly string[] Throttled =
        ["geekbench6.multi", "passmark11.cpu-mark", "passmark11.integer", "passmark11.float", "passmark11.prime", "passmark11.sorting", "passmark11.encryption", "passmark11.compression",
         "passmark11.physics", "passmark11.extended", "openssl3.", "compression.zstd-l1-nt", "compression.zstd-l7-nt", "stress-ng.div16.best", "stress-ng.div16.multi"];

    /// <summary>One alteration of a kind drawn by chance; null where the result has nothing of that kind.</summary>
    public static Altered? Of(Machine machine, IReadOnlyList<Machine> others, Random random)
    {
        var kind = random.Next(9);
        return kind switch
        {
            0 or 1 or 2 => Suite(machine, random, kind),
            3 => Multi(machine, random),
            4 => Bandwidth(machine, random),
            5 => Throttle(machine, random),
            6 or 7 => Swap(machine, others, random, full: kind == 7),
            _ => Subtest(machine, random),
        };
    }

    private static Altered? Suite(Machine machine, Random random, int kind)
    {
        var measured = Suites.Where(suite => machine.Figures.Keys.Any(metric => metric.StartsWith(suite, StringComparison.Ordinal))).ToArray();
        if (measured.Length == 0)
            return null;
        var suite = measured[random.Next(measured.Length)];
        var times = kind switch { 0 => 1.2 + (random.NextDouble() * 0.25), 1 => 1.6 + (random.NextDouble() * 0.9), _ => 3 + (random.NextDouble() * 4) };
        return Multiply("suite", machine, metric => metric.StartsWith(suite, StringComparison.Ordinal), times);
    }

    private static Altered? Multi(Machine machine, Random random)
    {
        if (machine.Figure("geekbench6.multi") is not { } multi || machine.Figure("geekbench6.single") is not { } single || machine.Hardware.Cores is not { } cores)
            return null;
        var times = Math.Max(cores * single * (1.1 + random.NextDouble()) / multi, 1.5);
        return Multiply("multi", machine, metric => metric.StartsWith("geekbench6.multi", StringComparison.Ordinal), times);
    }

    private static Altered? Bandwidth(Machine machine, Random random)
    {
        if (PhysicalLimits.BandwidthShare(machine.Hardware, machine.Figures) is not { } share)
            return null;
        return Multiply("bandwidth", machine, metric => metric is "bw-mem.read" or "bw-mem.write" or "bw-mem.read-write", (2 + (random.NextDouble() * 2)) / share);
    }

    private static Altered? Throttle(Machine machine, Random random) => machine.Hardware.Cores is null or < 2
        ? null
        : Multiply("throttle", machine, metric => Throttled.Any(prefix => metric.StartsWith(prefix, StringComparison.Ordinal)), 0.5 + (random.NextDouble() * 0.2), random);

    private static Altered? Swap(Machine machine, IReadOnlyList<Machine> others, Random random, bool full)
    {
        var own = Speed(machine.Hardware);
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var other = others[random.Next(others.Count)].Hardware;
            if (other.Architecture != machine.Hardware.Architecture || Speed(other) < own * 1.25)
                continue;
            var hardware = machine.Hardware with { CpuModel = other.CpuModel };
            if (full)
            {
                hardware = hardware with
                {
                    Vendor = other.Vendor,
                    Microarchitecture = other.Microarchitecture,
                    CpuidFamily = other.CpuidFamily,
                    CpuidModel = other.CpuidModel,
                    CpuidStepping = other.CpuidStepping,
                    BaseMhz = other.BaseMhz,
                    MaxMhz = machine.Hardware.MaxMhz is null ? null : other.MaxMhz,
                    ReportedMhz = other.ReportedMhz,
                    FirmwareMaxMhz = other.FirmwareMaxMhz,
                    InstructionSets = other.InstructionSets,
                };
            }

            return new Altered(full ? "identity" : "name", hardware, machine.Figures);
        }

        return null;
    }

    private static Altered? Subtest(Machine machine, Random random)
    {
        var subtests = Parts.Groups.SelectMany(group => group.Metrics).Where(machine.Figures.ContainsKey).ToArray();
        if (subtests.Length == 0)
            return null;
        var one = subtests[random.Next(subtests.Length)];
        return Multiply("subtest", machine, metric => metric == one, 1.8 + (random.NextDouble() * 2.2));
    }

    private static double Speed(Hardware hardware)
    {
        var features = new ServerFeatures(hardware);
        return (features.Core?.PerClock ?? 1) * (features.MaxMhz ?? 2500);
    }

    /// <param name="kind">Name of the alteration.</param>
    /// <param name="machine">The honest result.</param>
    /// <param name="metrics">Which figures.</param>
    /// <param name="times">By how much.</param>
    /// <param name="uneven">For alterations by nature: each figure by a little more or less.</param>
    private static Altered Multiply(string kind, Machine machine, Func<string, bool> metrics, double times, Random? uneven = null) => new(kind, machine.Hardware,
        machine.Figures.ToDictionary(figure => figure.Key, figure => metrics(figure.Key) ? figure.Value * times * (1 + (((uneven?.NextDouble() ?? 0.5) - 0.5) * 0.1)) : figure.Value));
}
