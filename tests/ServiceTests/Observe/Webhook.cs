using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace PcBench.ServiceTests.Observe;

/// <summary>That somebody was told of an alert, or that it is over.</summary>
/// <param name="Receiver">Who: stage-chat, prod-pager …</param>
/// <param name="IsOver">Whether it was told to be over.</param>
/// <param name="Labels">Of the alert.</param>
internal sealed record Told(string Receiver, bool IsOver, IReadOnlyDictionary<string, string> Labels)
{
    public string Contour => Labels["contour"];

    public string Alert => Labels["alertname"];

    public string Severity => Labels["severity"];

    /// <summary>The alert itself: all of its labels.</summary>
    public string Identity { get; } = string.Join(',', Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));

    public override string ToString() => $"{Receiver}: {Contour} {Alert} {Severity}{(IsOver ? " is over" : "")}";
}

/// <summary>Chats and pager of all contours: a web server that Alertmanager tells, each receiver at a path of its own.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly ConcurrentQueue<Told> all = new();
    private readonly WebApplication app;

    private Webhook()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/{receiver}", async (string receiver, Stream body) =>
        {
            var message = await JsonNode.ParseAsync(body);
            foreach (var alert in message!["alerts"]!.AsArray())
                all.Enqueue(new Told(receiver, (string?)alert!["status"] == "resolved", alert["labels"]!.AsObject().ToDictionary(label => label.Key, label => (string)label.Value!)));
        });
    }

    public string Address => app.Urls.First();

    /// <summary>All that was told so far, in order.</summary>
    public IReadOnlyList<Told> All => [.. all];

    public static async Task<Webhook> StartAsync()
    {
        var webhook = new Webhook();
        await webhook.app.StartAsync(TestContext.Current.CancellationToken);
        return webhook;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
