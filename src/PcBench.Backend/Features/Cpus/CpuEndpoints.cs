using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PcBench.Backend.Http;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Cpus;

internal static class CpuEndpoints
{
    public static void MapCpus(this RouteGroupBuilder api)
    {
        var cpus = api.MapGroup("/cpus").WithTags("CPU models");
        cpus.MapGet("", ListAsync).WithSummary("CPU models with public results, the most measured first");
        cpus.MapGet("/{id}", GetAsync)
            .WithSummary("What the public results of one CPU model say: median with its interval, percentiles, histogram")
            .MayRefuse(StatusCodes.Status404NotFound);
    }

    private static async Task<Tagged<CpuList>> ListAsync(Database database, CpuViews views, CancellationToken cancel) =>
        new(new CpuList(await views.SummariesAsync(await CpuSql.MostMeasuredAsync(database, cancel))));

    private static async Task<Results<Tagged<CpuView>, ProblemHttpResult>> GetAsync(
        [FromRoute] string id, Database database, CpuViews views, CancellationToken cancel) =>
        await CpuSql.FindAsync(database, id, cancel) is { } cpu
            ? new Tagged<CpuView>(await views.ViewAsync(cpu, cancel))
            : Problems.NotFound("CPU model", "No public result has this model. /api/v1/cpus lists them, /api/v1/search?q= finds them.");
}
