using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PcBench.Backend.Http;
using PcBench.Backend.Limits;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;
using PcBench.Imports;
using PcBench.Imports.Tables;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Imports;

internal static class ImportEndpoints
{
    public static void MapImports(this RouteGroupBuilder api)
    {
        api.MapPost("/imports", ImportAsync)
            .WithSummary("Import results of other programs")
            .WithDescription("The body is a file as Geekbench 6, PassMark PerformanceTest or the Phoronix Test Suite wrote it, a CSV table, or what pcbench import sends. Good rows are kept, bad ones are refused with line or path. Needs Authorization: PcBench TOKEN of an id that the owner chose, and the header PcBench-Key; with dryRun=true neither.")
            .WithTags("Imports")
            .Produces<ImportSummary>(StatusCodes.Status201Created)
            .Produces<ImportSummary>()
            .NeedsOwner()
            .MayRefuse(StatusCodes.Status409Conflict)
            .MayRefuse(StatusCodes.Status413PayloadTooLarge)
            .MayRefuse(StatusCodes.Status415UnsupportedMediaType)
            .MayRefuse(StatusCodes.Status503ServiceUnavailable);
        var imports = api.MapGroup("/imports/{id}").WithTags("Imports").MayRefuse(StatusCodes.Status404NotFound);
        imports.MapGet("", GetAsync)
            .WithSummary("An import and its first 100 results")
            .WithDescription("A private one needs its owner's token; for everybody else it does not exist.")
            .KnowsOwner();
        imports.MapPut("/visibility", SetVisibilityAsync)
            .WithSummary("Change who may see an import")
            .Accepts<VisibilityChange>("application/json")
            .NeedsOwner();
        imports.MapDelete("", DeleteAsync)
            .WithSummary("Delete an import and every result that it brought")
            .WithDescription("Needs the owner's token: Authorization: PcBench TOKEN. Nothing remains of it, so the same file may be imported again.")
            .NeedsOwner();
        api.MapGet("/cpus/{id}/imports", OfCpuAsync)
            .WithSummary("What other programs measured on one CPU model")
            .WithDescription("Public imports alone; none where nothing was imported for it.")
            .WithTags("CPU models");
    }

    private static async Task<Results<Created<ImportSummary>, Ok<ImportSummary>, ProblemHttpResult>> ImportAsync(
        [Description("What the body is: geekbench6, passmark, phoronix, csv or pcbench. Default: told by its beginning.")] string? format,
        [Description("What the columns of a table are: machines, passmark-cpus, or pairs such as cpuModel=cpu,geekbench6.single=score.")] string? map,
        [Description("Who may see it: private, unlisted or public. Required unless dryRun=true.")] string? visibility,
        [Description("true: only read it and say what would become of it. Default: false.")] string? dryRun,
        HttpContext context,
        ImportStore store,
        ImportGate gate,
        IOptions<ImportOptions> options,
        TimeProvider time,
        CancellationToken cancel)
    {
        var query = new QueryRules();
        var asked = query.Name<ImportFormat>("format", format);
        var isTrial = query.Flag("dryRun", dryRun) ?? false;
        var chosen = query.Name<Visibility>("visibility", visibility);
        if (visibility is null && !isTrial)
            query.Add("visibility", null, "It is missing.", "Add ?visibility=private, unlisted or public, or &dryRun=true.");
        var columns = MapOf(query, map);
        if (query.Errors.Count > 0)
            return Problems.Invalid(query.Errors);
        if (JsonBody.IsEncoded(context.Request))
            return Problems.Unsupported("Content-Encoding", context.Request.Headers.ContentEncoding, "Send the file uncompressed.");
        var proof = ImportProof.Of(context.Request, time);
        if (proof is null && !isTrial)
            return Problems.NotImporter();
        if (gate.TryEnter(LimitSubject.Of(context.Connection.RemoteIpAddress)) is not { } place)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.Busy();
        }

        using (place)
        {
            ImportBody.Allow(context, options.Value.MaxBytes);
            var (found, problem) = asked is null ? await FormatDetection.OfAsync(context.Request.BodyReader, cancel) : (asked, null);
            if (found is not { } known)
                return Problems.Invalid(problem!);
            if (known == ImportFormat.Csv && columns is null)
                return Problems.Invalid(FieldError.Of("map", map, "A table needs a map of its columns.", $"Give map={string.Join(", map=", ColumnMap.BuiltIn)}, or pairs: cpuModel=COLUMN,geekbench6.single=COLUMN."));
            var items = ImportReader.ReadAsync(ImportBody.Bounded(context.Request.BodyReader, options.Value.MaxBytes), known, columns, cancel);
            return isTrial
                ? await TryAsync(items, known, chosen, options.Value.MaxResults, cancel)
                : await StoreAsync(items, proof!, known, chosen!.Value, store, options.Value.MaxResults, cancel);
        }
    }

    private static ColumnMap? MapOf(QueryRules query, string? map)
    {
        try
        {
            return map is null ? null : ColumnMap.Parse(map);
        }
        catch (FormatException error)
        {
            query.Add("map", map, error.Message, "See docs/import.md for maps.");
            return null;
        }
    }

    private static async Task<Results<Created<ImportSummary>, Ok<ImportSummary>, ProblemHttpResult>> TryAsync(
        IAsyncEnumerable<ImportItem> items, ImportFormat format, Visibility? visibility, int maxResults, CancellationToken cancel)
    {
        var run = new ImportRun(null, 0, [], maxResults);
        await run.TakeAsync(items, cancel);
        return TypedResults.Ok(run.Summary(null, format, visibility ?? Visibility.Private));
    }

    private static async Task<Results<Created<ImportSummary>, Ok<ImportSummary>, ProblemHttpResult>> StoreAsync(
        IAsyncEnumerable<ImportItem> items, ImportProof proof, ImportFormat format, Visibility visibility, ImportStore store, int maxResults, CancellationToken cancel)
    {
        if (await store.BeginAsync(proof, visibility, format, cancel) is not { } no)
            return Problems.Conflict("The import is there already", FieldError.Of("Authorization", proof.ImportId, "There is an import of this id already.", "Choose a new id for each import; pcbench import does."));
        var run = new ImportRun(store, no, proof.OwnerKey, maxResults);
        var isWhole = false;
        try
        {
            await run.TakeAsync(items, cancel);
            isWhole = run.Stored > 0 && await store.CompleteAsync(no, CancellationToken.None) > 0;
        }
        finally
        {
            if (!isWhole)
                await store.RemoveRowsAsync(no, CancellationToken.None);
        }

        var summary = run.Summary(isWhole ? proof.ImportId : null, format, visibility);
        if (isWhole)
            return TypedResults.Created($"/api/v1/imports/{proof.ImportId}", summary);
        return run.Results == 0 && summary.Errors.Count > 0 ? Problems.Invalid(summary.Errors) : TypedResults.Ok(summary);
    }

    private static async Task<Results<Tagged<ImportView>, ProblemHttpResult>> GetAsync(
        [FromRoute] string id, HttpRequest request, Database database, TimeProvider time, CancellationToken cancel)
    {
        if (await FindAsync(id, request, database, time, cancel) is not (var import, var owned))
            return NoSuchImport();
        var bodies = await database.Sql(ImportSql.Bodies).With("no", import.No).ListAsync(row => row.GetString(0), cancel);
        return new Tagged<ImportView>(
            new ImportView(import.Id, import.Format, import.Visibility, import.ImportedAt, owned, import.Results, [.. bodies.Select(ImportSql.ResultOf)]),
            isPrivate: owned || import.Visibility == Visibility.Private);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetVisibilityAsync(
        [FromRoute] string id, HttpRequest request, Database database, ImportStore store, TimeProvider time, CancellationToken cancel)
    {
        if (await FindAsync(id, request, database, time, cancel) is not (var import, var owned))
            return NoSuchImport();
        if (!owned)
            return Problems.NotOwner();
        var (change, error) = await JsonBody.ReadAsync(request, ApiJson.Default.VisibilityChange, """{"visibility":"public"} (or unlisted, private)""", cancel);
        if (change is null)
            return Problems.Invalid(error!);
        await store.SetVisibilityAsync(import, change.Visibility, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [FromRoute] string id, HttpRequest request, Database database, ImportStore store, TimeProvider time, CancellationToken cancel)
    {
        if (await FindAsync(id, request, database, time, cancel) is not (var import, var owned))
            return NoSuchImport();
        if (!owned)
            return Problems.NotOwner();
        await store.DeleteAsync(import, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Tagged<CpuImports>> OfCpuAsync([FromRoute] string id, Database database, CancellationToken cancel) =>
        new(await CpuImportViews.OfAsync(database, id, cancel));

    private static async Task<(ImportRow Import, bool Owned)?> FindAsync(string id, HttpRequest request, Database database, TimeProvider time, CancellationToken cancel)
    {
        if (!SignedContent.IsId(id) || await ImportSql.FindAsync(database, id, cancel) is not { IsComplete: true } import)
            return null;
        var owned = OwnerProof.Of(request, time).Owns(id, import.OwnerKey);
        return owned || import.Visibility != Visibility.Private ? (import, owned) : null;
    }

    private static ProblemHttpResult NoSuchImport() => Problems.NotFound("import", "There is no import with this id, or it is private.");
}
