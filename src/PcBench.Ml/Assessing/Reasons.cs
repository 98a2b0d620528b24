using System.Globalization;
using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;

namespace PcBench.Ml.Assessing;

/// <summary>Says in words what stands out, and how much.</summary>
internal static class Reasons
{
    /// <summary>What cannot be weighs more than what is only unusual.</summary>
    private const double Impossible = 20;

    /// <summary>All multi-threaded results this far down together are no chance, whatever single figures say.</summary>
    private const double SurelySlow = -1.5;

    /// <summary>Usual spread of the all-core over the single-core score, as a logarithm's.</summary>
    private const double MultiSpread = 0.1;

    public static IEnumerable<(double Weight, Finding Finding)> Of(Signals signals, Hardware hardware, IReadOnlyDictionary<string, double> figures)
    {
        foreach (var limit in signals.Limits)
            yield return (Impossible * limit.Times, new Finding(limit.Metric, "limit", limit.Text) { Evidence = limit.Evidence });
        foreach (var (metric, ratio) in signals.Totals.Where(total => Math.Abs(total.Ratio) > Totals.Tolerance))
        {
            var computed = figures[metric] / Math.Exp(ratio);
            yield return (Impossible - 1, new Finding(metric, "inconsistent", Text($"{Title(metric)} is {figures[metric]:F0}, but its subtests give {computed:F0}: a subtest or the total was changed."))
            {
                Evidence = new Evidence(figures[metric], computed, Unit: Unit(metric)),
            });
        }

        foreach (var (group, metric, z, subtest) in signals.Subtests)
        {
            var edited = signals.Totals.Any(total => Math.Abs(total.Ratio) > Totals.Tolerance
                && metric.StartsWith(total.Metric.StartsWith("passmark11", StringComparison.Ordinal) ? "passmark11." : total.Metric + ".", StringComparison.Ordinal));
            yield return (Math.Abs(z) * 0.7 + (edited && Math.Abs(z) > 3 ? Impossible : 0), new Finding(metric, "subtest",
                Text($"{Title(metric)} is {figures[metric] / subtest:F2} times what the other tests of {group.Title} suggest."))
            {
                Evidence = new Evidence(figures[metric], subtest, Unit: Unit(metric)),
            });
        }

        foreach (var contradiction in signals.Contradictions)
            yield return (contradiction.IsSure ? Impossible / 2 : 3, new Finding(contradiction.Field, "identity", contradiction.Text));
        if (double.IsFinite(signals.Throttle) && signals.Throttle < 0)
        {
            var slow = Enumerable.Range(0, signals.Levels.Length).Where(i => Parts.All[i].Multi && double.IsFinite(signals.Levels[i])).Select(i => signals.Levels[i]).ToList();
            var alone = Enumerable.Range(0, signals.Levels.Length).Where(i => !Parts.All[i].Multi && double.IsFinite(signals.Levels[i])).Select(i => signals.Levels[i]).ToList();
            if (slow.Count > 0 && alone.Count > 0)
                yield return (signals.Throttle < SurelySlow && alone.Average() > -0.25 ? Impossible + 5 : -signals.Throttle * 1.4, new Finding(null, "throttled", Text($"With all threads the machine reaches {Math.Exp(slow.Average() - alone.Average()):P0} of what its single-threaded results suggest: it was slowed by heat, a power limit or other load.")));
        }

        if (signals.MultiOverUsual is > 0 and var over && figures.TryGetValue("geekbench6.multi", out var multi) && figures.TryGetValue("geekbench6.single", out var single))
        {
            yield return (over / MultiSpread, new Finding("geekbench6.multi", "inconsistent",
                Text($"Geekbench multi-core is {multi / single:F1} times its single-core score; with {hardware.Cores ?? hardware.Threads} cores such machines reach {multi / single / Math.Exp(over):F1} times.")));
        }

        foreach (var reason in Suites(signals, figures))
            yield return reason;
        var levels = signals.Levels.Where(double.IsFinite).ToList();
        if (levels.Count >= 3)
        {
            var level = levels.Average();
            yield return (Math.Abs(level) / 0.09, new Finding(null, "prediction", level < 0
                ? Text($"All benchmarks together reach {Math.Exp(level):P0} of what a machine with {Cpu(hardware)} scores: they may be of another processor, or of one that was shared.")
                : Text($"All benchmarks together are {Math.Exp(level):F2} times what a machine with {Cpu(hardware)} scores: they may be of another processor.")));
        }
    }

    /// <summary>The benchmark that strays most, and those that stray nearly as far: an altered one makes all others look a little odd.</summary>
    private static IEnumerable<(double Weight, Finding Finding)> Suites(Signals signals, IReadOnlyDictionary<string, double> figures)
    {
        var found = new List<(double Weight, Finding Finding)>();
        foreach (var suite in Parts.All.Index().GroupBy(part => part.Item.Suite))
        {
            var odd = suite.Where(part => double.IsFinite(signals.Odd[part.Index])).Select(part => (part.Item, Z: signals.Odd[part.Index], Level: signals.Levels[part.Index])).ToList();
            if (odd.Count == 0)
                continue;
            var z = odd.Average(part => part.Z);
            var rest = signals.Levels.Index().Where(level => double.IsFinite(level.Item) && Parts.All[level.Index].Suite != suite.Key).Select(level => level.Item).DefaultIfEmpty(0).Average();
            var worst = odd.MaxBy(part => Math.Abs(part.Z));
            found.Add((Math.Abs(z), new Finding(worst.Item.Name, "inconsistent",
                Text($"{suite.Key} is {Math.Exp(odd.Average(part => part.Level) - rest):F2} times what this machine's hardware and its other benchmarks suggest."))
            {
                Evidence = EvidenceOf(worst.Item, figures, worst.Level),
            }));
        }

        var most = found.Select(one => one.Weight).DefaultIfEmpty(0).Max();
        return found.Where(one => one.Weight > most * 0.6);
    }

    private static string Cpu(Hardware hardware) => hardware.CpuModel is { } model ? $"'{Contracts.Results.CpuName.Display(model)}'" : "such hardware";

    private static Evidence? EvidenceOf(Part part, IReadOnlyDictionary<string, double> figures, double level) =>
        figures.TryGetValue(part.Metrics[0], out var measured) ? new Evidence(measured, measured / Math.Exp(level), Unit: Unit(part.Metrics[0])) : null;

    private static string Title(string metric) => ExternalMetrics.Find(metric)?.Title ?? metric;

    private static string? Unit(string metric) => ExternalMetrics.Find(metric)?.Unit;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
