using PcBench.Backend.Http;
using PcBench.Contracts.Api;

namespace PcBench.Backend.Features.Scoring;

internal static class ScoringEndpoints
{
    public static void MapScoring(this RouteGroupBuilder api) =>
        api.MapGet("/scoring", () => new Tagged<ScoringView>(ScoringView.Current))
            .WithSummary("How scores are made: all that is needed to compute every score again")
            .WithTags("Service");
}
