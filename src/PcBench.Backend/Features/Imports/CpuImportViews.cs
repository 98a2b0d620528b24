using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Imports;

/// <summary>Puts what other programs measured on one CPU model together, each metric by itself.</summary>
internal static class CpuImportViews
{
    public static async Task<CpuImports> OfAsync(Database database, string cpuId, CancellationToken cancel)
    {
        var rows = await database.Sql(ImportSql.OfCpu).With("cpu", cpuId).ListAsync(row => (Name: row.GetString(0), Result: ImportSql.ResultOf(row.GetString(1))), cancel);
        if (rows.Count == 0)
            return new CpuImports(cpuId, cpuId, 0, []);
        var count = await database.Sql(ImportSql.CountOfCpu).With("cpu", cpuId).NumberAsync(cancel) ?? rows.Count;
        var metrics = rows.SelectMany(row => row.Result.Metrics.Select(metric => (Program: WithoutVersion(row.Result.Program), Metric: metric)))
            .GroupBy(one => (one.Metric.Name, one.Metric.Unit, one.Metric.Better))
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
            .Select(group => FiguresOf(group.Key.Name, group.Key.Unit, group.Key.Better, [.. group]));
        return new CpuImports(cpuId, rows[0].Name, count, [.. metrics]);
    }

    private static ImportedFigures FiguresOf(string name, string unit, Contracts.Workloads.Better better, (string Program, ImportedMetric Metric)[] all)
    {
        var values = all.Select(one => one.Metric.Value).Order().ToList();
        var median = (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
        return new ImportedFigures(name, unit, better, string.Join(", ", all.Select(one => one.Program).Distinct().Take(3)), values.Count, median, values[0], values[^1]);
    }

    /// <summary>"Geekbench 6.3.0 Pro" as "Geekbench 6": the words before the version, and its first number.</summary>
    private static string WithoutVersion(string program)
    {
        var words = program.Split(' ');
        var at = Array.FindIndex(words, word => word.TrimStart('v') is [>= '0' and <= '9', ..]);
        return at < 0 ? program : string.Join(' ', [.. words[..at], words[at].TrimStart('v').Split('.')[0]]);
    }
}
