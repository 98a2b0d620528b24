using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using PcBench.Contracts;
using PcBench.Ml.Features;
using PcBench.Ml.Features.Assess;
using PcBench.Ml.Features.Predict;
using PcBench.Ml.Registry;
using PcBench.Ml.Telemetry;
using PcBench.Platform.Health;
using PcBench.Platform.Telemetry;
using PcBench.Shared;

namespace PcBench.Ml.Commands;

/// <summary>The service as a host: to serve, or for a command to use its registry.</summary>
internal static class MlHost
{
    public static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);

        // Services
        builder.AddTelemetry("ml-service");
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Invalid.Explain);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddHealth();
        builder.Services.AddModel();
        builder.Services.AddSingleton<MlMetrics>();
        builder.Services.AddPart("model", HealthStatus.Degraded, "No model is active: physical limits and results of the same CPU model answer.", (provider, _) =>
            ValueTask.FromResult(provider.GetRequiredService<ActiveModel>().Current is not null));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // Just as the contracts write it: then code made for each type does it, in half of the time.
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = ApiJson.Default.Options.DefaultIgnoreCondition;
            json.SerializerOptions.Encoder = null;
        });

        // Pipeline
        var app = builder.Build();
        app.Services.GetRequiredService<MlMetrics>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // What is wrong with a request is the caller's, who is told, and no failure of the service.
            StatusCodeSelector = problem => problem is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();

        // Endpoints
        app.MapPredict();
        app.MapAssess();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }

    /// <summary>Serves until it is told to stop.</summary>
    /// <returns>An exit code.</returns>
    public static async Task<int> ServeAsync(string[] settings)
    {
        try
        {
            await using var app = Build(settings);
            await app.RunAsync();
            return ExitCodes.Ok;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var failure in invalid.Failures)
                await Console.Error.WriteLineAsync($"error: {failure}");
            return ExitCodes.Usage;
        }
    }
}
