using System.Text;
using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;
using PcBench.Imports;
using PcBench.Imports.Tables;

namespace PcBench.UnitTests.Imports;

/// <summary>What tests of the importers share.</summary>
internal static class Importing
{
    // Of a real c5.large.
    private static readonly double[] Workloads = [1136, 1354, 1378, 1259, 928, 1561, 1287, 1395, 492, 1623, 1706, 1042, 1257, 1279, 1112, 1380];

    private static readonly double[] ReferenceRates =
    [
        3.7646e8, 15.063, 51.18, 5.7654e7, 33.93, 12_313, 200.2, 8.1228e7, 74.81, 10.347, 7.7796e7, 1.9221e8, 7.3361e7, 24.805, 2.4191e6, 79_157,
    ];

    public static string Sample(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Imports/Samples", name));

    /// <summary>A document as Geekbench writes it, whose scores fit each other.</summary>
    public static string Geekbench() => $$"""
        {
          "date": "2024-06-05 22:04:39 +0000", "document_type": 0, "document_version": 6, "checksum": "b99c2a5ef78d6d4bd7cc2da49b8a454c2a2c0b17",
          "browser": { "url": "https://browser.geekbench.com/v6/cpu/6403160" }, "system_uuid": "4c4c4544-0000-2010-8020-80c04f202020",
          "platform": { "os": "Linux", "architecture": "x86_64", "bits": 64 }, "version": "Geekbench 6.3.0 Pro",
          "metrics": [
            { "id": 5, "value": "Amazon EC2 m5.metal", "ivalue": 0 }, { "id": 7, "value": "GenuineIntel Family 6 Model 85 Stepping 7", "ivalue": 0 },
            { "id": 8, "value": "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz", "ivalue": 0 }, { "id": 12, "value": "96", "ivalue": 96 },
            { "id": 13, "value": "48", "ivalue": 48 }, { "id": 14, "value": "2", "ivalue": 2 }, { "id": 21, "value": "1.00 MB", "ivalue": 1048576 },
            { "id": 22, "value": "24", "ivalue": 24 }, { "id": 23, "value": "35.8 MB", "ivalue": 37486592 }, { "id": 24, "value": "1", "ivalue": 1 },
            { "id": 29, "value": "378 GB", "ivalue": 405340647424 }
          ],
          "multicore_score": {{Score(4)}}, "score": {{Score(1)}}, "valid": 1,
          "sections": [ {{Section("Single-Core", 1)}}, {{Section("Multi-Core", 4)}} ],
          "complete_benchmark": 1
        }
        """;

    public static double Score(double times) => Math.Round(times * Mean(Workloads[..9], 0.65) * Mean(Workloads[9..], 0.35));

    public static async Task<List<ImportItem>> ReadAsync(string text, ImportFormat format, ColumnMap? map = null) =>
        await ReadAsync(Encoding.UTF8.GetBytes(text), format, map);

    public static async Task<List<ImportItem>> ReadAsync(byte[] bytes, ImportFormat format, ColumnMap? map = null) =>
        await ImportReader.ReadAsync(new MemoryStream(bytes), format, map, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    public static double Figure(this ImportedResult result, string name) => result.Metrics.Single(metric => metric.Name == name).Value;

    private static double Mean(double[] values, double weight) => Math.Pow(Math.Exp(values.Average(Math.Log)), weight);

    private static string Section(string name, double times)
    {
        var workloads = ExternalMetrics.GeekbenchSubtests.Select((workload, i) =>
            $$"""{ "name": "{{workload}}", "score": {{Workloads[i] * times:R}}, "valid": 1, "rate": {{ReferenceRates[i] * Workloads[i] * times / 2_500:R}}, "runtime": 2.5, "runtimes": [2, 3, 2.25, 2.75] }""");
        return $$"""{ "name": "{{name}}", "score": {{Score(times)}}, "valid": 1, "workloads": [ {{string.Join(", ", workloads)}} ] }""";
    }
}
