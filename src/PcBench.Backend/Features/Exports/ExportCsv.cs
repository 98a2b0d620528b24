using System.Globalization;
using System.Text;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Features.Exports;

/// <summary>Results as CSV (RFC 4180): a row for each workload of each result.</summary>
internal static class ExportCsv
{
    public const string Header =
        "id,submitted_at,measured_at,agent,cpu_vendor,cpu_model,cores,cpu_threads,memory_mib,os,hypervisor,"
        + "workload,version,unit,threads,samples,figure,agreed,median,median_low,median_high,coefficient_of_variation\r\n";

    /// <summary>The rows of one result.</summary>
    public static string RowsOf(ExportRow export)
    {
        var text = new StringBuilder();
        var (document, machine) = (export.Document, export.Document.Machine);
        foreach (var workload in document.Workloads.Select(WorkloadView.Of).OfType<WorkloadView>())
        {
            object?[] cells =
            [
                export.Id, export.SubmittedAt, document.Run.StartedAt, document.Agent.Version, machine.Cpu.Vendor, machine.Cpu.Model,
                machine.Cpu.Cores, machine.Cpu.Threads, machine.Memory.TotalMib, machine.Os.Name, machine.Hypervisor,
                workload.Id, workload.Version, workload.Unit, workload.Threads, workload.Samples.Count, workload.Figure, workload.Agreed,
                workload.Median.Median, workload.Median.Low, workload.Median.High, workload.CoefficientOfVariation,
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    internal static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            string name => Harmless(name),
            bool flag => flag ? "true" : "false",
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // A spreadsheet would run a name that begins like a formula.
    private static string Harmless(string text) => text.Length > 0 && "=+-@\t\r".Contains(text[0]) ? "'" + text : text;
}
