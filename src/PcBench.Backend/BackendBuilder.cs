using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PcBench.Backend.Access;
using PcBench.Backend.Caching;
using PcBench.Backend.Features;
using PcBench.Backend.Features.Appeals;
using PcBench.Backend.Features.Assessments;
using PcBench.Backend.Features.Compare;
using PcBench.Backend.Features.Cpus;
using PcBench.Backend.Features.Documents;
using PcBench.Backend.Features.Exports;
using PcBench.Backend.Features.Imports;
using PcBench.Backend.Features.Leaderboard;
using PcBench.Backend.Features.Pages;
using PcBench.Backend.Features.Predictions;
using PcBench.Backend.Features.Results;
using PcBench.Backend.Features.Scoring;
using PcBench.Backend.Features.Search;
using PcBench.Backend.Features.Service;
using PcBench.Backend.Features.Submissions;
using PcBench.Backend.Http;
using PcBench.Backend.Limits;
using PcBench.Backend.Ranking;
using PcBench.Backend.Telemetry;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;
using PcBench.Platform.Events;
using PcBench.Platform.Health;
using PcBench.Platform.Hosting;
using PcBench.Platform.Leases;
using PcBench.Platform.Redis;
using PcBench.Platform.Telemetry;
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

        builder.AddTelemetry("backend");
        builder.Services.AddSingleton<BackendMetrics>();
        builder.Services.AddHealth().AddStorePart().AddRedisPart().AddBlobPart();
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
        where TAssessor : class, IAssessor => services.AddSingleton<IAssessor, TAssessor>().AddAssessments();

    private static IServiceCollection AddAssessments(this IServiceCollection services)
    {
        services.AddSingleton<Assessments>();
        services.AddSingleton<IEventConsumer, AssessConsumer>();
        return services;
    }

    /// <summary>Has results assessed by the ml-service at <c>Ml:Url</c>.</summary>
    public static IServiceCollection AddMlService(this IServiceCollection services)
    {
        services.AddCheckedOptions<MlOptions, MlOptionsCheck>(MlOptions.Section);
        services.AddHttpClient(MlOptions.Section, (provider, http) =>
        {
            http.BaseAddress = new Uri(provider.GetRequiredService<IOptions<MlOptions>>().Value.Url!.TrimEnd('/') + "/");
            http.Timeout = TimeSpan.FromSeconds(10);
        });
        services.AddSingleton(provider => new MlService(provider.GetRequiredService<IHttpClientFactory>().CreateClient(MlOptions.Section)));
        services.AddSingleton<IPredictor>(provider => provider.GetRequiredService<MlService>());
        services.AddSingleton<IAssessor>(provider => provider.GetRequiredService<MlService>()); // that one: another would not know the address
        return services.AddAssessments();
    }

    /// <summary>Maps the API, its description and the health of the service.</summary>
    public static WebApplication MapBackend(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseHead();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // A body that never came to its end is the sender's failure, not the server's; a store that is away is nobody's, and passes.
            StatusCodeSelector = error => error is BadHttpRequestException bad ? bad.StatusCode
                : StoreOutage.Is(error) ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
        app.UseAddressLimits();
        app.UseAccess();
        app.Use(app.Services.GetRequiredService<PageCache>().InvokeAsync);
        app.UseRouting();

        var api = app.MapGroup("/api/v1").RefuseUnknownQuery().MayRefuse(StatusCodes.Status400BadRequest).MayRefuse(StatusCodes.Status429TooManyRequests);
        api.MapSubmissions();
        api.MapResults();
        api.MapLeaderboard();
        api.MapCpus();
        api.MapCompare();
        api.MapSearch();
        api.MapExports();
        api.MapImports();
        api.MapAppeals();
        api.MapPredictions();
        api.MapScoring();
        app.MapService();
        app.MapAccess();
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
        services.AddCheckedOptions<DataOptions, DataOptionsCheck>(DataOptions.Section);
        services.AddSingleton(provider => DatabaseOf(provider.GetRequiredService<IOptions<DataOptions>>().Value));
        services.AddBlobs();
        services.AddCheckedOptions<RedisOptions, RedisOptionsCheck>(RedisOptions.Section);
        services.AddHostedSingleton<RedisServer>();
        services.AddSingleton<FolderLock>();
        services.AddSingleton<MigrationRunner>();
        services.AddSingleton<StoreSchema>();
        services.AddSingleton<BoardNumbers>();
        services.AddSingleton<Leadership>();
        services.AddHostedService<StoreStartup>();
        services.AddRanks();
        services.AddHostedService<RankWarmUp>();
    }

    private static void AddRanks(this IServiceCollection services)
    {
        services.AddCheckedOptions<RankOptions, RankOptionsCheck>(RankOptions.Section);
        services.AddSingleton<PublishedRanks>();
        services.AddEither<IRankStore, EmbeddedRanks, PublishedRanks>();
        services.AddHostedSingleton<Freshness>();
        services.AddSingleton<PageCache>();
        services.AddHostedSingleton<RankKeeper>();
        services.AddHostedService<StandingSorter>();
    }

    private static Database DatabaseOf(DataOptions options) => options.IsEmbedded
        ? new Database(new SqliteSource(options.DatabasePath), Dialect.Sqlite)
        : new Database(PostgresSource.Create(options.Postgres!), Dialect.Postgres);

    /// <summary>One of two, by what the configuration says when the host is built: it may still change while services are registered.</summary>
    private static void AddEither<TService, TEmbedded, TReplicated>(this IServiceCollection services)
        where TService : class
        where TEmbedded : class, TService
        where TReplicated : class, TService
    {
        services.TryAddSingleton<TEmbedded>();
        services.TryAddSingleton<TReplicated>();
        services.AddSingleton<TService>(provider => provider.GetRequiredService<IOptions<DataOptions>>().Value.IsEmbedded
            ? provider.GetRequiredService<TEmbedded>()
            : provider.GetRequiredService<TReplicated>());
    }

    private static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<IEventConsumer, ArchiveConsumer>();
        services.AddEventHub();
    }

    private static void AddFeatures(this IServiceCollection services)
    {
        services.AddCheckedOptions<SubmissionOptions, SubmissionOptionsCheck>(SubmissionOptions.Section);
        services.AddSingleton<HardwareNames>();
        services.AddEither<ISubmissionStore, EmbeddedSubmissions, BulkSubmissions>();
        services.AddHostedSingleton<SubmissionWriter>();
        services.AddSingleton<SubmissionPace>();
        services.AddSingleton<IPace>(provider => provider.GetRequiredService<SubmissionPace>());
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
        services.AddHostedService<CpuWarmUp>();
        services.AddSingleton<ExportSql>();
        services.AddSingleton<ExportSegments>();
        services.AddCheckedOptions<ImportOptions, ImportOptionsCheck>(ImportOptions.Section);
        services.AddCheckedOptions<AdminOptions, AdminOptionsCheck>(AdminOptions.Section);
        services.AddSingleton<AdminKey>();
        services.AddSingleton<AppealStore>();
        services.AddSingleton<Predictions>();
        services.AddSingleton<ImportGate>();
        services.AddSingleton<ImportStore>();
    }

    private static void AddHttp(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // as it is written, and so as it is described
            options.SerializerOptions.DefaultIgnoreCondition = ApiJson.Default.Options.DefaultIgnoreCondition;
        });
        services.AddLimits();
        services.AddAccess();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Complete);
        services.AddOpenApi("v1", Description.Describe);
    }
}
