using PcBench.Contracts.Results;

namespace PcBench.Imports.Passmark;

/// <summary>
/// How PassMark PerformanceTest 11 makes its marks: 1 ÷ mark is a weighted sum of 1 ÷ each test (latency enters as it is). The
/// form was published by PassMark for version 8; the weights of version 11 (builds 1002 and 1004) were computed from 3,588
/// public result files, whose marks they give to 13 digits.
/// </summary>
internal static class PassmarkMarks
{
    private const double Tolerance = 0.001;

    private static readonly (string Mark, (string Metric, double Weight)[] Parts, (string Metric, double Weight)? AsItIs)[] Marks =
    [
        ("passmark11.cpu-mark",
            [
                ("passmark11.integer-math", 0.4519407), ("passmark11.float-math", 0.2482016), ("passmark11.prime", 0.00022735651),
                ("passmark11.sorting", 0.1716498), ("passmark11.encryption", 0.0768128), ("passmark11.compression", 1.9256342),
                ("passmark11.single-thread", 0.01371831), ("passmark11.physics", 0.003779289), ("passmark11.extended-instructions", 0.0887824),
            ],
            null),
        ("passmark11.memory-mark",
            [
                ("passmark11.memory.database", 0.0571429), ("passmark11.memory.read-cached", 1.8357943), ("passmark11.memory.read-uncached", 0.8326144),
                ("passmark11.memory.write", 0.5064880), ("passmark11.memory.available", 0.3222830), ("passmark11.memory.threaded", 1.1324437),
            ],
            ("passmark11.memory.latency", 2.9482845e-6)),
    ];

    /// <summary>Marks that their tests do not make, where all of these are there.</summary>
    /// <param name="figures">Figures by metric.</param>
    /// <param name="program">Program and version; another build may weigh otherwise.</param>
    public static IEnumerable<FieldError> Check(IReadOnlyDictionary<string, double> figures, string program)
    {
        if (program.Contains(" build ", StringComparison.Ordinal) && !program.Contains("build 1002", StringComparison.Ordinal) && !program.Contains("build 1004", StringComparison.Ordinal))
            yield break;
        foreach (var (mark, parts, asItIs) in Marks)
        {
            if (!figures.TryGetValue(mark, out var given) || !parts.All(part => figures.ContainsKey(part.Metric)) || (asItIs is { } needed && !figures.ContainsKey(needed.Metric)))
                continue;
            var made = 1 / (parts.Sum(part => part.Weight / figures[part.Metric]) + (asItIs is { } latency ? latency.Weight * figures[latency.Metric] : 0));
            if (Math.Abs(made / given - 1) > Tolerance)
            {
                yield return FieldError.Of(
                    mark, given, $"Its tests make {made:F1}.", "Give the figures as PerformanceTest wrote them: a mark or a test was changed.");
            }
        }
    }
}
