using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Http;
using PcBench.Contracts;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Features.Results;

internal static class ResultEndpoints
{
    public static void MapResults(this RouteGroupBuilder api)
    {
        var results = api.MapGroup("/results/{id}").WithTags("Results").MayRefuse(StatusCodes.Status404NotFound);
        results.MapGet("", GetAsync)
            .WithSummary("A result with its statistics, scores, ranks and assessment")
            .WithDescription("A private one needs its owner's token; for everybody else it does not exist.")
            .KnowsOwner();
        results.MapGet("/document", GetDocumentAsync)
            .WithSummary("The document exactly as it was submitted, byte for byte")
            .Produces<Contracts.Results.ResultDocument>()
            .KnowsOwner();
        results.MapPut("/visibility", SetVisibilityAsync)
            .WithSummary("Change who may see a result")
            .WithDescription("Needs the owner's token: Authorization: PcBench TOKEN.")
            .Accepts<VisibilityChange>("application/json")
            .MayRefuse(StatusCodes.Status400BadRequest)
            .NeedsOwner();
        results.MapDelete("", DeleteAsync)
            .WithSummary("Delete a result for ever")
            .WithDescription("Needs the owner's token: Authorization: PcBench TOKEN. The same document is not taken again.")
            .NeedsOwner();
    }

    private static async Task<Results<Tagged<ResultView>, ProblemHttpResult>> GetAsync(
        [FromRoute] string id, HttpRequest request, ResultAccess access, ResultViews views, CancellationToken cancel)
    {
        if (await access.FindAsync(id, request, cancel) is not { } result || await views.OfAsync(result, cancel) is not { } view)
            return Problems.NoSuchResult();
        return new Tagged<ResultView>(view, IsPrivate(result));
    }

    private static async Task<Results<TaggedDocument, ProblemHttpResult>> GetDocumentAsync(
        [FromRoute] string id, HttpRequest request, ResultAccess access, DocumentStore documents, CancellationToken cancel)
    {
        if (await access.FindAsync(id, request, cancel) is not { } result || await documents.BytesAsync(id, cancel) is not { } bytes)
            return Problems.NoSuchResult();
        return new TaggedDocument(bytes, IsPrivate(result));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetVisibilityAsync(
        [FromRoute] string id, HttpRequest request, ResultAccess access, ResultChanges changes, CancellationToken cancel)
    {
        if (await access.FindAsync(id, request, cancel) is not { } result)
            return Problems.NoSuchResult();
        if (!result.Owned)
            return Problems.NotOwner();
        var (change, error) = await JsonBody.ReadAsync(request, ApiJson.Default.VisibilityChange, """{"visibility":"public"} (or unlisted, private)""", cancel);
        if (change is null)
            return Problems.Invalid(error!);
        return await changes.SetVisibilityAsync(id, change.Visibility, cancel) ? TypedResults.NoContent() : Problems.NoSuchResult();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [FromRoute] string id, HttpRequest request, ResultAccess access, ResultChanges changes, CancellationToken cancel)
    {
        if (await access.FindAsync(id, request, cancel) is not { } result)
            return Problems.NoSuchResult();
        if (!result.Owned)
            return Problems.NotOwner();
        return await changes.DeleteAsync(id, cancel) ? TypedResults.NoContent() : Problems.NoSuchResult();
    }

    // What only the owner sees, and pages that say "yours", stay out of every cache on the way.
    private static bool IsPrivate(VisibleResult result) => result.Owned || result.Row.Visibility == Visibility.Private;
}
