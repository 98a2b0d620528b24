using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using PcBench.Contracts;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Features.Exports;

internal static class ExportEndpoints
{
    public static void MapExports(this RouteGroupBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapGet("/results.jsonl", WriteJsonLinesAsync)
            .WithSummary("All public results with every sample, one JSON object a line")
            .Produces<ExportRow>(StatusCodes.Status200OK, "application/jsonl");
        exports.MapGet("/imports.jsonl", WriteImportsAsync)
            .WithSummary("All public results of other programs, one JSON object a line")
            .Produces<ImportedResult>(StatusCodes.Status200OK, "application/jsonl");
        exports.MapGet("/results.csv", WriteCsvAsync)
            .WithSummary("All public results, one row for each workload of each result")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    private static async Task WriteJsonLinesAsync(HttpResponse response, ExportSegments exports, CancellationToken cancel)
    {
        Begin(response, "application/jsonl; charset=utf-8", "pcbench-results.jsonl");
        await foreach (var lines in exports.LinesAsync(cancel))
            await response.Body.WriteAsync(lines, cancel);
    }

    private static async Task WriteImportsAsync(HttpResponse response, ExportSql exports, CancellationToken cancel)
    {
        Begin(response, "application/jsonl; charset=utf-8", "pcbench-imports.jsonl");
        await foreach (var body in exports.ImportsAsync(cancel))
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(body + '\n'), cancel);
    }

    private static async Task WriteCsvAsync(HttpResponse response, ExportSegments exports, CancellationToken cancel)
    {
        Begin(response, "text/csv; charset=utf-8", "pcbench-results.csv");
        await response.WriteAsync(ExportCsv.Header, cancel);
        await foreach (var lines in exports.LinesAsync(cancel))
        {
            await foreach (var row in JsonSerializer.DeserializeAsyncEnumerable(new MemoryStream(lines), ApiJson.Default.ExportRow, topLevelValues: true, cancel))
                await response.WriteAsync(ExportCsv.RowsOf(row!), cancel);
        }
    }

    private static void Begin(HttpResponse response, string contentType, string fileName)
    {
        response.ContentType = contentType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        response.Headers.CacheControl = "no-store";
    }
}
