using System.Globalization;
using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;
using PcBench.Contracts.Results;

namespace PcBench.Imports.Passmark;

/// <summary>Reads the YAML of PassMark PerformanceTest for Linux.</summary>
internal static class PassmarkReader
{
    private const string Whole = "Give the file as PerformanceTest wrote it, of a run that came to its end.";

    // Their names in the file; those with a meaning of their own here. The parts of a test (CPU_sse, m_CPU_enc_AES …) stay out.
    private static readonly (string Key, string Metric)[] Figures =
    [
        ("SUMM_CPU", "cpu-mark"), ("SUMM_ME", "memory-mark"), ("CPU_SINGLETHREAD", "single-thread"), ("CPU_INTEGER_MATH", "integer-math"),
        ("CPU_FLOATINGPOINT_MATH", "float-math"), ("CPU_PRIME", "prime"), ("CPU_SORTING", "sorting"), ("CPU_ENCRYPTION", "encryption"),
        ("CPU_COMPRESSION", "compression"), ("CPU_PHYSICS", "physics"), ("CPU_MATRIX_MULT_SSE", "extended-instructions"),
        ("ME_ALLOC_S", "memory.database"), ("ME_READ_S", "memory.read-cached"), ("ME_READ_L", "memory.read-uncached"), ("ME_WRITE", "memory.write"),
        ("ME_LARGE", "memory.available"), ("ME_LATENCY", "memory.latency"), ("ME_THREADED", "memory.threaded"),
    ];

    public static IReadOnlyList<ImportItem> Read(string text)
    {
        var root = YamlTree.Parse(text);
        var version = root.Map("Version");
        var results = root.Map("Results");
        if (version is null || results is null || root.Map("SystemInformation") is not { } system)
            throw new RefusedException("$", null, "It has no Version, Results and SystemInformation: it is no result of PerformanceTest for Linux.", Whole);
        if (version.Text("Major") is not "11")
            throw new RefusedException(version.Place("Major"), version.Text("Major"), "It is of another version than 11, whose figures are not the same.", "Give a result of PerformanceTest 11.");
        if (results.Text("Results Complete") is not ("true" or "True"))
            throw new RefusedException(results.Place("Results Complete"), results.Text("Results Complete"), "The run did not come to its end.", Whole);
        var metrics = new List<ImportedMetric>();
        var failed = new List<string>();
        foreach (var (key, name) in Figures)
        {
            var metric = ExternalMetrics.Find($"passmark11.{name}")!;
            var figure = Figure(results, key);
            if (figure > 0)
                metrics.Add(new ImportedMetric(metric.Id, figure, metric.Unit, metric.Better));
            else
                failed.Add(key);
        }

        // A mark of which a test failed is no mark.
        var broken = new[] { ("CPU_", "passmark11.cpu-mark"), ("ME_", "passmark11.memory-mark") }
            .Where(mark => failed.Exists(key => key.StartsWith(mark.Item1, StringComparison.Ordinal))).Select(mark => mark.Item2).ToList();
        var skipped = failed.Count + metrics.RemoveAll(metric => broken.Contains(metric.Name));
        if (metrics.Count == 0)
            throw new RefusedException("Results", null, "All of its tests failed.", Whole);
        return
        [
            new ImportItem(new ImportedResult
            {
                Format = ImportFormat.Passmark,
                Program = HardwareText.Clean($"PassMark PerformanceTest {version.Text("Major")}.{version.Text("Minor") ?? "0"} build {version.Text("Build") ?? "unknown"}")!,
                MeasuredAt = Time(root.Map("BaselineInfo")),
                SourceId = HardwareText.Clean(root.Text("Checksum")),
                Hardware = MachineOf(system, version.Text("ptArchitecture")),
                Metrics = metrics,
            })
            {
                Skipped = skipped,
                Notes = failed.Count == 0 ? [] : [$"{string.Join(", ", failed)}: the test failed (0), and the mark it is part of was left out."],
            },
        ];
    }

    private static double Figure(YamlMap results, string key)
    {
        if (results.Text(key) is not { } text)
            throw new RefusedException(results.Place(key), null, "The figure is missing.", Whole);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var figure) && double.IsFinite(figure) && figure >= 0
            ? figure
            : throw new RefusedException(results.Place(key), text, "It is no number of 0 or more.", Whole);
    }

    private static Hardware MachineOf(YamlMap system, string? architecture)
    {
        var memory = system.Map("MemModuleInfo");
        return new Hardware
        {
            CpuModel = HardwareText.Clean(system.Text("Processor")),
            Vendor = HardwareText.Clean(system.Text("Manufacturer")),
            Architecture = architecture is null ? null : HardwareText.Clean(architecture.Replace("_linux", "", StringComparison.Ordinal)),
            CpuidFamily = Number(system, "Family"),
            CpuidModel = Number(system, "Model"),
            CpuidStepping = Number(system, "stepping"),
            Sockets = Number(system, "NumSockets"),
            Cores = Number(system, "NumCores"),
            Threads = Number(system, "NumLogicals"),
            ReportedMhz = Number(system, "CPUFrequency"), // of the moment; 0 in virtual machines
            MemoryMib = Number(system, "Memory"),
            MemoryType = memory?.Map("DIMM 1")?.Text("memType") is { } type && type.StartsWith("DDR", StringComparison.Ordinal) ? HardwareText.Clean(type) : null,
        };
    }

    // What cannot be read is absent; the rules refuse what is there and cannot be.
    private static int? Number(YamlMap map, string key) =>
        int.TryParse(map.Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static DateTimeOffset? Time(YamlMap? baseline) =>
        baseline?.Text("TimeStamp") is { } text
            && DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
