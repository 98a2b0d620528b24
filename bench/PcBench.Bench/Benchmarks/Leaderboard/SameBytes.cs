using System.CommandLine;
using PcBench.Bench.Servers;
using PcBench.ServiceTests.Servers;

namespace PcBench.Bench.Benchmarks.Leaderboard;

/// <summary>The least that a server could do: Kestrel, and one answer that is always the same, in a process of its own.</summary>
internal static class SameBytes
{
    private const string Name = "same-bytes";

    // Kestrel writes these itself.
    private static readonly string[] OfTheServer = ["Date", "Server", "Transfer-Encoding", "Connection", "Content-Length"];

    public static Command Create()
    {
        var page = new Option<string>("--page") { Required = true };
        var command = new Command(Name, "Answers everything with what was at an address when it started.") { page };
        command.Hidden = true;
        command.SetAction((parsed, cancel) => ServeAsync(new Uri(parsed.GetRequiredValue(page)), cancel));
        return command;
    }

    /// <summary>Starts it.</summary>
    /// <param name="page">Address of what it answers.</param>
    public static Task<DotnetProcess> StartAsync(Uri page)
    {
        var port = Ports.Free();
        return DotnetProcess.StartAsync(
            ["dotnet", typeof(SameBytes).Assembly.Location, Name, "--page", page.AbsoluteUri], port,
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" });
    }

    private static async Task ServeAsync(Uri page, CancellationToken cancel)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(page, cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        (string Name, string Value)[] headers =
        [
            .. answer.Headers.Concat(answer.Content.Headers)
                .Where(header => !OfTheServer.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .Select(header => (header.Key, string.Join(", ", header.Value))),
        ];

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        await using var app = builder.Build();
        app.Run(context =>
        {
            foreach (var (name, value) in headers)
                context.Response.Headers.Append(name, value);
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await app.RunAsync(cancel);
    }
}
