using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using PcBench.Backend.Features;
using PcBench.Backend.Features.Assessments;
using PcBench.Backend.Features.Compare;
using PcBench.Backend.Features.Cpus;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Exports;
using PcBench.Backend.Features.Leaderboard;
using PcBench.Backend.Features.Pages;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Features.Scoring;
using PcBench.Backend.Features.Search;
using PcBench.Backend.Features.Service;
using PcBench.Backend.Features.Submissions;
using PcBench.Backend.Http;
using PcBench.Backend.Ranking;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;
using PcBench.Platform.Events;
using Scalar.AspNetCore;

namespace PcBench.Backend;

/// <summary>Puts the backend into a host: its own, or the standalone's beside the web and the assessment.</summary>
public static class BackendBuilder
{
    /// <summary>Registers the backend on embedded stores in the folder of <see cref="DataOptions"/>.</summary>
    public static WebApplicationBuilder AddBackend(this WebApplicationBuilder builder)
    {
        // The endpoint refuses what is larger than a document; this bounds what the server reads after that to be polite.
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = 2 * ResultDocument.MaxBytes;
            server.AddServerHeader = false;
        });

        // The framework's own log has a line for each request, with what was searched for.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddStores();
        builder.Services.AddEvents();
        builder.Services.AddFeatures();
        builder.Services.AddHttp();
        return builder;
    }

    /// <summary>
    /// Has results assessed. Without it they are stored and ranked, and their pages say that they were not assessed.
    /// </summary>
    /// <typeparam name="TAssessor">Who assesses: in this process, or over the network.</typeparam>
    public static IServiceCollection AddAssessor<TAssessor>(this IServiceCollection services)
        where TAssessor : class, IAssessor
    {
        services.AddSingleton<IAssessor, TAssessor>();
        services.AddSingleton<Assessments>();
        services.AddSingleton<IEventConsumer, AssessConsumer>();
        return services;
    }

    /// <summary>Maps the API, its description and the health of the service.</summary>
    public static WebApplication MapBackend(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // A body that never came to its end is the sender's failure, not the server's.
            StatusCodeSelector = error => error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();

        var api = app.MapGroup("/api/v1").RefuseUnknownQuery().MayRefuse(StatusCodes.Status400BadRequest);
        api.MapSubmissions();
        api.MapResults();
        api.MapLeaderboard();
        api.MapCpus();
        api.MapCompare();
        api.MapSearch();
        api.MapExports();
        api.MapScoring();
        app.MapService();
        app.MapOpenApi();
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("PcBench API")
            // The page asks this server alone: no fonts, telemetry or assistants from elsewhere.
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools());

        // An unknown address under /api is an error in JSON, whatever pages the host serves beside it.
        app.MapGet("/api/{**rest}", () => Problems.NotFound("address", "Open /docs for all addresses.")).ExcludeFromDescription();
        return app;
    }

    private static void AddStores(this IServiceCollection services)
    {
        services.AddOptions<DataOptions>().BindConfiguration(DataOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DataOptions>, DataOptionsCheck>();
        services.AddSingleton(provider => new Database(new SqliteSource(provider.GetRequiredService<IOptions<DataOptions>>().Value.DatabasePath)));
        services.AddSingleton<IBlobStore>(provider => new FolderBlobStore(provider.GetRequiredService<IOptions<DataOptions>>().Value.BlobFolder));
        services.AddSingleton<FolderLock>();
        services.AddSingleton<MigrationRunner>();
        services.AddSingleton<BoardNumbers>();
        services.AddSingleton<IRankStore, MemoryRanks>();
        services.AddHostedService<StoreStartup>();
        services.AddHostedService<RankWarmUp>();
        services.AddHealthChecks().AddCheck<StoreCheck>("store");
    }

    private static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<EventSignal>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<IEventConsumer, ArchiveConsumer>();
        services.AddHostedService<EventRelay>();
    }

    private static void AddFeatures(this IServiceCollection services)
    {
        services.AddOptions<SubmissionOptions>().BindConfiguration(SubmissionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SubmissionOptions>, SubmissionOptionsCheck>();
        services.AddSingleton<SubmissionSql>();
        services.AddSingleton<SubmissionWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<SubmissionWriter>());
        services.AddSingleton<Standing>();
        services.AddSingleton<CpuCache>();
        services.AddSingleton<DocumentStore>();
        services.AddHostedService<OrphanSweep>();
        services.AddSingleton<ResultAccess>();
        services.AddSingleton<ResultViews>();
        services.AddSingleton<ResultChanges>();
        services.AddSingleton<PublicPages>();
        services.AddSingleton<ResultRows>();
        services.AddSingleton<CpuViews>();
        services.AddSingleton<ExportSql>();
    }

    private static void AddHttp(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // as it is written, and so as it is described
            options.SerializerOptions.DefaultIgnoreCondition = ApiJson.Default.Options.DefaultIgnoreCondition;
        });
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Complete);
        services.AddOpenApi("v1", Description.Describe);
    }
}
