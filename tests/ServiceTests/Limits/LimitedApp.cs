using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PcBench.Backend.Http;
using PcBench.Backend.Limits;
using PcBench.Backend.Telemetry;
using PcBench.Platform.Redis;

namespace PcBench.ServiceTests.Limits;

/// <summary>The limits before a few answers, with senders whose address the test chooses.</summary>
internal sealed class LimitedApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private LimitedApp(WebApplication app) => this.app = app;

    public HttpClient Http => app.GetTestClient();

    /// <summary>How many submissions were read.</summary>
    public int Read { get; private set; }

    public static async Task<LimitedApp> StartAsync(params (string Key, string Value)[] settings)
    {
        var limited = Build(settings);
        await limited.StartAsync();
        return limited;
    }

    public Task StartAsync() => app.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>One that has not started.</summary>
    public static LimitedApp Build(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Limits:{setting.Key}", (string?)setting.Value)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<RedisOptions>();
        builder.Services.AddSingleton<RedisServer>();
        builder.Services.AddMetrics().AddSingleton<BackendMetrics>();
        builder.Services.AddLimits();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Complete);

        var app = builder.Build();
        app.Use((context, next) =>
        {
            var sender = context.Request.Headers["Test-Sender"].ToString();
            context.Connection.RemoteIpAddress = sender == "" ? null : IPAddress.Parse(sender);
            return next(context);
        });
        app.UseTrustedProxies();
        app.UseAddressLimits();
        app.MapGet("/health/live", () => "alive");
        app.MapGet("/api/v1/sender", (HttpContext context) => $"{context.Connection.RemoteIpAddress}");
        app.MapDelete("/api/v1/results/{id}", (string id) => TypedResults.NoContent());
        var limited = new LimitedApp(app);
        app.MapPost("/api/v1/results", limited.SubmitAsync);
        return limited;
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string? sender = "192.0.2.1", string? forwardedFor = null, HttpContent? body = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = body };
        if (sender is not null)
            request.Headers.Add("Test-Sender", sender);
        if (forwardedFor is not null)
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Who the API takes the sender for.</summary>
    public async Task<string> SenderAsync(string? sender, string? forwardedFor)
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/v1/sender", sender, forwardedFor);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // As the real endpoint does it, with a body that is the key.
    private async Task<IResult> SubmitAsync(HttpContext context, RateLimiter limits, CancellationToken cancel)
    {
        Read++;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancel);
        var decision = await limits.SubmissionByKeyAsync(body.ToArray(), cancel);
        return context.Response.Refusal(decision) is { } tooMany ? tooMany : TypedResults.Created("/api/v1/results/1");
    }
}
