using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Http;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Appeals;

internal static class AppealEndpoints
{
    public static void MapAppeals(this RouteGroupBuilder api)
    {
        api.MapPost("/results/{id}/appeal", AppealAsync)
            .WithSummary("Appeal against a flag")
            .WithDescription("Needs the owner's token: Authorization: PcBench TOKEN. An administrator decides; what was decided is on the result's page.")
            .WithTags("Results")
            .Accepts<AppealRequest>("application/json")
            .NeedsOwner()
            .MayRefuse(StatusCodes.Status404NotFound)
            .MayRefuse(StatusCodes.Status409Conflict);
        var admin = api.MapGroup("/admin/appeals").WithTags("Administration").NeedsAdministrator();
        admin.MapGet("", ListAsync)
            .WithSummary("Appeals that wait for a decision")
            .WithDescription("Needs the administrators' key: Authorization: Bearer KEY.")
            .Produces<AppealList>();
        admin.MapPost("/{id}/decision", DecideAsync)
            .WithSummary("Decide an appeal")
            .WithDescription("Needs the administrators' key: Authorization: Bearer KEY. It holds at once, and whatever a later assessment says. A later decision replaces it; all are kept.")
            .Accepts<DecisionRequest>("application/json")
            .MayRefuse(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AppealAsync(
        [FromRoute] string id, HttpRequest request, ResultAccess access, AppealStore appeals, CancellationToken cancel)
    {
        if (await access.FindAsync(id, request, cancel) is not { } result)
            return Problems.NoSuchResult();
        if (!result.Owned)
            return Problems.NotOwner();
        var (appeal, error) = await JsonBody.ReadAsync(request, ApiJson.Default.AppealRequest, """{"text":"why the flag is wrong"}""", cancel);
        if (appeal is null)
            return Problems.Invalid(error!);
        if (AppealRules.Text("text", appeal.Text, 10, 2_000) is { } wrong)
            return Problems.Invalid(wrong);
        return await appeals.AppealAsync(id, appeal.Text.Trim(), cancel) switch
        {
            AppealOutcome.Taken => TypedResults.NoContent(),
            AppealOutcome.NotFlagged => Problems.Conflict("Nothing to appeal against", FieldError.Of("assessment", null, "The result is not flagged.", "There is nothing to do: it counts.")),
            AppealOutcome.AppealedBefore => Problems.Conflict("The appeal is there already", FieldError.Of("text", null, "There is an appeal of this result already.", "Wait for the decision; it will be on the result's page.")),
            _ => Problems.NoSuchResult(),
        };
    }

    private static async Task<Results<Ok<AppealList>, ProblemHttpResult>> ListAsync(
        [Description("true: also those that were decided. Default: false.")] string? all,
        HttpContext context, AdminKey key, Database database, CancellationToken cancel)
    {
        if (Refusal(context, key) is { } refused)
            return refused;
        var query = new QueryRules();
        var wanted = query.Flag("all", all) ?? false;
        if (query.Errors.Count > 0)
            return Problems.Invalid(query.Errors);
        context.Response.Headers.CacheControl = "no-store, private";
        return TypedResults.Ok(new AppealList(await AppealSql.ListAsync(database, wanted, cancel)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(
        [FromRoute] string id, HttpContext context, AdminKey key, AppealStore appeals, CancellationToken cancel)
    {
        if (Refusal(context, key) is { } refused)
            return refused;
        var (decision, error) = await JsonBody.ReadAsync(context.Request, ApiJson.Default.DecisionRequest, """{"accepted":true,"reason":"…","by":"name"}""", cancel);
        if (decision is null)
            return Problems.Invalid(error!);
        if (AppealRules.Check(decision) is { Count: > 0 } wrong)
            return Problems.Invalid(wrong);
        if (!SignedContent.IsId(id))
            return Problems.NoSuchResult();
        return await appeals.DecideAsync(id, decision, cancel) switch
        {
            DecisionOutcome.Done => TypedResults.NoContent(),
            DecisionOutcome.NoAppeal => Problems.NotFound("appeal", "The owner of this result did not appeal."),
            _ => Problems.NoSuchResult(),
        };
    }

    private static ProblemHttpResult? Refusal(HttpContext context, AdminKey key)
    {
        if (key.IsIn(context.Request))
            return null;
        if (key.IsSet)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.NotAdmin(key.IsSet);
    }
}
