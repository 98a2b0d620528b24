using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PcBench.Backend;
using PcBench.Backend.Features.Submissions;
using PcBench.Backend.Ranking;
using PcBench.Platform.Data;

namespace PcBench.Bench;

/// <summary>The real backend on a real port, its store filled with synthetic results through its own statements.</summary>
internal sealed class LoadedBackend : IAsyncDisposable
{
    private const int BatchSize = 1_000;

    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-bench-").FullName;
    private readonly WebApplication app;

    private LoadedBackend(int results)
    {
        Results = results;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Data:Folder"] = folder;
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddBackend();
        app = builder.Build();
        app.MapBackend();
    }

    /// <summary>How many results are in it.</summary>
    public int Results { get; }

    /// <summary>Talks to it over one kept connection.</summary>
    public HttpClient Client { get; private set; } = null!;

    public static async Task<LoadedBackend> StartAsync(int results)
    {
        var backend = new LoadedBackend(results);
        await backend.app.StartAsync();
        await backend.FillAsync();
        var address = backend.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        backend.Client = new HttpClient { BaseAddress = new Uri(address) };
        return backend;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task FillAsync()
    {
        var database = app.Services.GetRequiredService<Database>();
        var sql = app.Services.GetRequiredService<SubmissionSql>();
        var standing = app.Services.GetRequiredService<Standing>();
        var done = 0;
        foreach (var batch in new SyntheticResults(seed: 1).Take(Results).Chunk(BatchSize))
        {
            await database.WriteAsync(async (write, cancel) =>
            {
                foreach (var result in batch)
                    await standing.EnterAsync(write, await sql.AddAsync(write, result, cancel), result.Values, cancel);
                return true;
            }, CancellationToken.None);
            done += batch.Length;
            if (done % Math.Max(BatchSize, Results / 10) == 0)
                await Console.Error.WriteLineAsync($"stored {done:N0} of {Results:N0} results");
        }
    }
}
