using System.Runtime.InteropServices;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Scoring;
using PcBench.Platform.Health;
using PcBench.Platform.Telemetry;

namespace PcBench.Backend.Features.Service;

/// <summary>What operators and clients ask of the service itself.</summary>
internal static class ServiceEndpoints
{
    private static readonly VersionView Version = new(
        Release.Name, ScoreFormula.Version, ResultDocument.CurrentSchema, RuntimeInformation.FrameworkDescription);

    public static void MapService(this IEndpointRouteBuilder app)
    {
        app.MapGet("/version", () => TypedResults.Ok(Version)).WithSummary("Version of the service, the score and the document").WithTags("Service");
        app.MapHealth();
        app.MapMetrics();
    }
}
