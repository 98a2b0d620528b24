using PcBench.Contracts.Metrics;

namespace PcBench.Ml.Assessing;

/// <summary>Something that a result measures, whose figures rise and fall together.</summary>
/// <param name="Name">Metric that a regressor is named after: it chooses the floor.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Suite">The benchmark it is of: an altered one is altered as a whole.</param>
/// <param name="Multi">Whether all threads work.</param>
/// <param name="Metrics">The metrics whose logarithms are averaged.</param>
internal sealed record Part(string Name, string Title, string Suite, bool Multi, IReadOnlyList<string> Metrics)
{
    /// <returns>The mean logarithm; null where under half of the metrics are there.</returns>
    public double? Level(IReadOnlyDictionary<string, double> figures)
    {
        double sum = 0;
        var count = 0;
        foreach (var metric in Metrics)
        {
            if (figures.TryGetValue(metric, out var figure) && figure > 0)
                (sum, count) = (sum + Math.Log(figure), count + 1);
        }

        return count * 2 >= Metrics.Count && count > 0 ? sum / count : null;
    }
}

/// <summary>A group of subtests that run alike: one that strays from the rest was edited or failed.</summary>
/// <param name="Title">Name for people.</param>
/// <param name="Suite">The benchmark.</param>
/// <param name="Metrics">Its subtests.</param>
internal sealed record Siblings(string Title, string Suite, IReadOnlyList<string> Metrics);

/// <summary>What results of other benchmarks consist of.</summary>
internal static class Parts
{
    public static IReadOnlyList<Part> All { get; } =
    [
        new("geekbench6.single", "Geekbench single-core", "Geekbench", false, ["geekbench6.single"]),
        new("geekbench6.multi", "Geekbench multi-core", "Geekbench", true, ["geekbench6.multi"]),
        new("passmark11.cpu-mark", "PassMark CPU Mark", "PassMark", true, ["passmark11.cpu-mark"]),
        new("passmark11.single-thread", "PassMark single thread", "PassMark", false, ["passmark11.single-thread"]),
        new("passmark11.memory-mark", "PassMark memory mark", "PassMark", false, ["passmark11.memory-mark"]),
        new("bw-mem.read", "memory bandwidth", "bw_mem", true, ["bw-mem.read", "bw-mem.write", "bw-mem.read-write"]),
        new("bw-mem.read-16kb", "cache bandwidth", "bw_mem", true, ["bw-mem.read-16kb", "bw-mem.read-1mib"]),
        new("openssl3", "OpenSSL", "OpenSSL", true, MetricsUnder("openssl3.")),
        new("compression-1t", "compression, one thread", "compression", false, [.. MetricsUnder("compression.").Where(id => id.Contains("-1t", StringComparison.Ordinal))]),
        new("compression-nt", "compression, all threads", "compression", true, [.. MetricsUnder("compression.").Where(id => id.Contains("-nt", StringComparison.Ordinal))]),
        new("stress-ng.single", "stress-ng, one worker", "stress-ng", false, ["stress-ng.div16.single"]),
        new("stress-ng.multi", "stress-ng, all threads", "stress-ng", true, ["stress-ng.div16.multi"]),
        new("redis-single", "Redis", "Redis", false, ["redis.set"]),
        new("static-web", "static web server", "static web", true, ["static-web.1k", "static-web.512k"]),
    ];

    public static IReadOnlyList<Siblings> Groups { get; } =
    [
        new("Geekbench single-core", "Geekbench", Subtests("geekbench6.single.")),
        new("Geekbench multi-core", "Geekbench", Subtests("geekbench6.multi.")),
        new("PassMark CPU", "PassMark", ["passmark11.integer-math", "passmark11.float-math", "passmark11.prime", "passmark11.sorting", "passmark11.encryption",
            "passmark11.compression", "passmark11.physics", "passmark11.extended-instructions"]),
        new("PassMark memory", "PassMark", ["passmark11.memory.database", "passmark11.memory.read-cached", "passmark11.memory.read-uncached", "passmark11.memory.write",
            "passmark11.memory.latency", "passmark11.memory.threaded"]),
        new("OpenSSL", "OpenSSL", MetricsUnder("openssl3.")),
        new("compression", "compression", [.. MetricsUnder("compression.").Where(id => id.Contains("-1t", StringComparison.Ordinal))]),
        new("compression, all threads", "compression", [.. MetricsUnder("compression.").Where(id => id.Contains("-nt", StringComparison.Ordinal))]),
        new("memory bandwidth", "bw_mem", ["bw-mem.read", "bw-mem.write", "bw-mem.read-write", "bw-mem.read-16mib"]),
        new("stress-ng", "stress-ng", ["stress-ng.div16.best", "stress-ng.div16.multi"]),
    ];

    public static int IndexOf(string name) => All.Index().First(part => part.Item.Name == name).Index;

    private static string[] MetricsUnder(string prefix) =>
        [.. ExternalMetrics.All.Select(metric => metric.Id).Where(id => id.StartsWith(prefix, StringComparison.Ordinal))];

    private static string[] Subtests(string prefix) => [.. ExternalMetrics.GeekbenchSubtests.Select(name => prefix + name.ToLowerInvariant().Replace(' ', '-'))];
}
