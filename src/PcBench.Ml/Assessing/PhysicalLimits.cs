using System.Globalization;
using PcBench.Contracts.Api;
using PcBench.Ml.Models;

namespace PcBench.Ml.Assessing;

/// <summary>Something that the hardware cannot do.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Times">How many times the limit it is.</param>
/// <param name="Evidence">The figures.</param>
/// <param name="Text">In words.</param>
internal sealed record ExceededLimit(string Metric, double Times, Evidence Evidence, string Text);

/// <summary>Limits of physics and arithmetic, for which no model is needed.</summary>
internal static class PhysicalLimits
{
    /// <summary>A guest may not see the second package whose memory it uses, and caches help where blocks are small.</summary>
    private const double BandwidthAllowance = 1.9;

    /// <summary>One thread alone has the highest clock, so threads together reach at most what each does alone; a disturbed single run is allowed for.</summary>
    private const double MultiAllowance = 1.15;

    /// <summary>Fused multiply-adds count as two; no microarchitecture has over 64 of 32 bits in a clock.</summary>
    private const double TestsPerClock = 6;

    public static IEnumerable<ExceededLimit> Check(Hardware hardware, IReadOnlyDictionary<string, double> figures)
    {
        if (BandwidthShare(hardware, figures) is > BandwidthAllowance and var share)
        {
            var machine = new ServerFeatures(hardware);
            var channels = machine.Channels * machine.Packages;
            var rate = machine.MemoryMts ?? ServerFeatures.UsualMts;
            var measured = figures["bw-mem.read"];
            yield return new("bw-mem.read", share / BandwidthAllowance, new Evidence(measured, Limit: machine.SocketGbS * 1000, Unit: "MB/s"),
                string.Create(CultureInfo.InvariantCulture, $"Memory bandwidth is {share:F1} times what {channels:F0} channels of {hardware.MemoryType ?? "memory"}{(hardware.MemoryType is null ? " at " : "-")}{rate:F0}{(hardware.MemoryType is null ? " MT/s" : "")} can carry ({machine.SocketGbS:F0} GB/s)."));
        }

        foreach (var (multi, single, threads) in Pairs(hardware, figures))
        {
            var times = figures[multi] / figures[single] / threads;
            if (times > MultiAllowance)
            {
                yield return new(multi, times / MultiAllowance, new Evidence(figures[multi], Limit: figures[single] * threads),
                    string.Create(CultureInfo.InvariantCulture, $"All threads together score {figures[multi] / figures[single]:F1} times what one does, but there are only {threads:F0} threads."));
            }
        }

        if (hardware is { Threads: { } count } && figures.TryGetValue("stress-ng.div16.single", out var operations) && operations > 10_000 * TestsPerClock)
            yield return new("stress-ng.div16.single", operations / (10_000 * TestsPerClock), new Evidence(operations), $"No thread divides {operations:F0} times a second, whatever the {count} threads do.");
    }

    /// <summary>Geekbench's all-core score over cores × single-core score, as a logarithm.</summary>
    public static double? MultiOverSingle(Hardware hardware, IReadOnlyDictionary<string, double> figures) =>
        hardware.Cores is > 0 and var cores && figures.TryGetValue("geekbench6.multi", out var multi) && figures.TryGetValue("geekbench6.single", out var single)
            ? Math.Log(multi / single / cores) : null;

    /// <summary>Measured bandwidth over what channels and rate carry.</summary>
    public static double? BandwidthShare(Hardware hardware, IReadOnlyDictionary<string, double> figures) =>
        figures.TryGetValue("bw-mem.read", out var read) ? read / 1000 / new ServerFeatures(hardware).SocketGbS : null;

    private static IEnumerable<(string Multi, string Single, double Threads)> Pairs(Hardware hardware, IReadOnlyDictionary<string, double> figures)
    {
        if ((hardware.Threads ?? hardware.Cores) is not { } threads)
            yield break;
        foreach (var (multi, single) in new[] { ("geekbench6.multi", "geekbench6.single"), ("stress-ng.div16.multi", "stress-ng.div16.single") })
        {
            if (figures.ContainsKey(multi) && figures.ContainsKey(single))
                yield return (multi, single, threads);
        }
    }
}
