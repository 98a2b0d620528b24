using PcBench.Contracts.Metrics;
using PcBench.Contracts.Results;

namespace PcBench.Imports.Geekbench;

/// <summary>
/// How Geekbench 6 makes a section's score of its workloads' scores: G(integer)^0.65 · G(float)^0.35, G the geometric mean of
/// the nine integer workloads (Object Detection is one of them) and of the seven floating-point ones. The weights are in
/// Primate Labs' description of the internals; that they fit was computed from 5,924 sections of public documents, of
/// versions 6.3, 6.4 and 6.7: the workloads' rounding moves a section by 0.96 points at most.
/// </summary>
internal static class GeekbenchScores
{
    /// <summary>How far a section's score may be from what its workloads make.</summary>
    public const double Tolerance = 1;

    private const double IntegerWeight = 0.65;

    /// <summary>Workloads of the integer group; the rest is floating point.</summary>
    private static readonly int IntegerCount = ExternalMetrics.GeekbenchSubtests.Index().First(subtest => subtest.Item == "Object Detection").Index + 1;

    /// <summary>Name of a workload in a metric: <c>file-compression</c>.</summary>
    public static string NameOf(string workload) => workload.ToLowerInvariant().Replace(' ', '-');

    /// <summary>The score of a section.</summary>
    /// <param name="workloads">Scores of the 16 workloads, in the order of <see cref="ExternalMetrics.GeekbenchSubtests"/>.</param>
    public static double Section(IReadOnlyList<double> workloads) =>
        Math.Pow(Integer(workloads), IntegerWeight) * Math.Pow(Float(workloads), 1 - IntegerWeight);

    public static double Integer(IReadOnlyList<double> workloads) => GeometricMean(workloads.Take(IntegerCount));

    public static double Float(IReadOnlyList<double> workloads) => GeometricMean(workloads.Skip(IntegerCount));

    /// <summary>Scores that their workloads do not make, where all of these are there.</summary>
    public static IEnumerable<FieldError> Check(IReadOnlyDictionary<string, double> figures)
    {
        foreach (var section in new[] { "geekbench6.single", "geekbench6.multi" })
        {
            var workloads = ExternalMetrics.GeekbenchSubtests.Select(workload => figures.GetValueOrDefault($"{section}.{NameOf(workload)}")).ToList();
            if (workloads.Contains(0))
                continue;
            foreach (var (name, made) in new[] { (section, Section(workloads)), ($"{section}.integer", Integer(workloads)), ($"{section}.float", Float(workloads)) })
            {
                if (figures.TryGetValue(name, out var given) && Math.Abs(given - made) > Tolerance)
                    yield return Unfit(name, given, made);
            }
        }
    }

    public static FieldError Unfit(string field, double given, double made) => FieldError.Of(
        field, given, $"Its workloads make {made:F1}, which is more than a point away.", "Give the document as Geekbench wrote it: a score or a workload was changed.");

    private static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));
}
