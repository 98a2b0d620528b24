using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Http;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Features.Compare;

internal static class CompareEndpoints
{
    private const int Min = 2;
    private const int Max = 8;

    public static void MapCompare(this RouteGroupBuilder api) =>
        api.MapGet("/compare", GetAsync)
            .WithSummary("Compare 2 to 8 results with the first of them")
            .WithDescription("Ratios with their intervals, or \"not distinguishable\"; and what differs in the configurations. Private results need their owners' tokens, parted by commas.")
            .WithTags("Compare")
            .Requires("ids")
            .MayRefuse(StatusCodes.Status404NotFound);

    private static async Task<Results<Tagged<CompareView>, ProblemHttpResult>> GetAsync(
        [Description("Ids, parted by commas: A,B. The first is the one compared with.")] string? ids,
        HttpRequest request, ResultAccess access, DocumentStore documents, CancellationToken cancel)
    {
        var asked = (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (asked.Length is < Min or > Max || asked.Distinct().Count() != asked.Length)
        {
            return Problems.Invalid(FieldError.Of("ids", ids, $"It holds {asked.Length} ids, or one of them twice.",
                $"Give {Min} to {Max} different ids, parted by commas: ?ids=A,B."));
        }

        var isPrivate = false;
        foreach (var id in asked)
        {
            if (await access.FindAsync(id, request, cancel) is not { } result)
                return Problems.NoSuchResult();
            isPrivate |= result.Row.Visibility == Visibility.Private;
        }

        var found = asked.Zip(await documents.FindAsync(asked, cancel)).ToList();
        if (found.Any(one => one.Second is null))
            return Problems.NoSuchResult();
        return new Tagged<CompareView>(CompareView.Of([.. found.Select(one => (one.First, one.Second!))]), isPrivate);
    }
}
