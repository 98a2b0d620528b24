using System.Globalization;
using System.Text.Json;
using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Imports.Geekbench;

/// <summary>Reads the JSON document of Geekbench 6 (<c>.gb6</c>).</summary>
internal static class GeekbenchReader
{
    private const string Whole = "Give the document as Geekbench wrote it, of a run that came to its end.";

    // A workload's score is 2500 times its rate over the reference's. The rates are known to five digits.
    private const double RateTolerance = 0.01;
    private const double MeanTolerance = 0.001;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    // Rates that score 2,500 points, in the order of the workloads; computed from the same public documents.
    private static readonly double[] ReferenceRates =
    [
        3.7646e8, 15.063, 51.18, 5.7654e7, 33.93, 12_313, 200.2, 8.1228e7, 74.81, 10.347, 7.7796e7, 1.9221e8, 7.3361e7, 24.805, 2.4191e6, 79_157,
    ];

    public static IReadOnlyList<ImportItem> Read(string text)
    {
        using var document = Parse(text);
        var root = new JsonPlace(document.RootElement);
        if (root.Element.ValueKind != JsonValueKind.Object || root.Text("version") is not { } version || !version.StartsWith("Geekbench 6", StringComparison.Ordinal))
            throw new RefusedException("version", root.Text("version"), "It is no result of Geekbench 6.", "Give the .gb6 document that Geekbench 6 saved.");
        if (root.Number("valid") is 0 || root.Number("complete_benchmark") is 0)
            throw new RefusedException(root.Number("valid") is 0 ? "valid" : "complete_benchmark", 0, "Geekbench itself says that the run was not valid or not complete.", Whole);
        var sections = root.Items("sections").ToList();
        List<ImportedMetric> metrics =
        [
            .. Section(sections, "Single-Core", "single", root, "score"),
            .. Section(sections, "Multi-Core", "multi", root, "multicore_score"),
        ];
        return
        [
            new ImportItem(new ImportedResult
            {
                Format = ImportFormat.Geekbench6,
                Program = HardwareText.Clean(version) ?? "Geekbench 6",
                MeasuredAt = Time(root),
                SourceId = HardwareText.Clean(root.Text("checksum")),
                Hardware = GeekbenchMachine.Of(root),
                Metrics = metrics,
            }),
        ];
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException error)
        {
            var problem = error.Message.Contains("uplicate", StringComparison.Ordinal) ? "A member is there twice." : "It is not whole JSON.";
            throw new RefusedException($"line {(error.LineNumber ?? 0) + 1}", text.TrimStart().Split('\n')[0], problem, Whole);
        }
    }

    private static IEnumerable<ImportedMetric> Section(List<JsonPlace> sections, string name, string kind, JsonPlace root, string total)
    {
        if (sections.Where(one => one.Text("name") == name).ToList() is not [var section])
            throw new RefusedException("sections", null, $"There must be one section {name}.", Whole);
        var score = section.Figure("score", Whole);
        if (section.Number("valid") is 0)
            throw new RefusedException($"{section.Path}.valid", 0, "Geekbench itself says that the section is not valid.", Whole);
        var workloads = Workloads(section);
        if (Math.Abs(GeekbenchScores.Section(workloads) - score) > GeekbenchScores.Tolerance)
            throw new RefusedException(GeekbenchScores.Unfit($"{section.Path}.score", score, GeekbenchScores.Section(workloads)));
        if (root.Number(total) is { } stated && stated != score)
            throw new RefusedException(total, stated, $"The section {name} says {score}.", Whole);
        return
        [
            new($"geekbench6.{kind}", score, "points", Better.Higher),
            .. ExternalMetrics.GeekbenchSubtests.Zip(workloads, (workload, points) =>
                new ImportedMetric($"geekbench6.{kind}.{GeekbenchScores.NameOf(workload)}", points, "points", Better.Higher)),
        ];
    }

    private static List<double> Workloads(JsonPlace section)
    {
        var given = section.Items("workloads").ToList();
        var scores = new List<double>(ReferenceRates.Length);
        foreach (var (i, name) in ExternalMetrics.GeekbenchSubtests.Index())
        {
            if (given.Where(one => one.Text("name") == name).ToList() is not [var workload])
                throw new RefusedException($"{section.Path}.workloads", name, "The workload must be there, once.", Whole);
            if (workload.Number("valid") is 0)
                throw new RefusedException($"{workload.Path}.valid", 0, $"Geekbench itself says that {name} is not valid.", Whole);
            scores.Add(Score(workload, ReferenceRates[i]));
        }

        return given.Count == scores.Count ? scores : throw new RefusedException($"{section.Path}.workloads", given.Count, $"There must be {scores.Count} workloads.", Whole);
    }

    private static double Score(JsonPlace workload, double referenceRate)
    {
        var score = workload.Figure("score", Whole);
        if (workload.Number("rate") is { } rate)
        {
            var made = 2_500 * rate / referenceRate;
            if (!(Math.Abs(made - score) <= 1 + RateTolerance * score))
                throw new RefusedException($"{workload.Path}.score", score, $"Its rate makes {made:F0}.", "Give the document as Geekbench wrote it: a score was changed.");
        }

        var runtimes = workload.Items("runtimes").Select(one => one.Element.ValueKind == JsonValueKind.Number ? one.Element.GetDouble() : double.NaN).ToList();
        if (runtimes.Count > 0 && workload.Number("runtime") is { } runtime && !(Math.Abs(runtimes.Average() / runtime - 1) <= MeanTolerance))
            throw new RefusedException($"{workload.Path}.runtime", runtime, $"It is not the mean of its {runtimes.Count} runtimes.", "Give the document as Geekbench wrote it: a time was changed.");
        return score;
    }

    private static DateTimeOffset? Time(JsonPlace root)
    {
        if (root.Text("date") is not { } text)
            return null;
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || DateTimeOffset.TryParseExact(text.Replace(" +0000", " +00:00", StringComparison.Ordinal), "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
            ? time.ToUniversalTime()
            : throw new RefusedException("date", text, "It is no time.", "Give it as 2024-06-08 12:20:39 +0000, or leave it out.");
    }
}
