using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using PcBench.Backend;
using PcBench.Backend.Features.Predictions;
using PcBench.Ml.Features;
using PcBench.Shared;

namespace PcBench.Standalone;

/// <summary>API, assessment and page in one process on embedded stores.</summary>
internal static class Server
{
    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="port">Port on localhost; 0 takes any free one.</param>
    /// <param name="data">Folder of the stores.</param>
    /// <param name="bench">Whether to measure this PC first.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>An exit code.</returns>
    public static async Task<int> RunAsync(int port, string data, bool bench, CancellationToken cancel)
    {
        await using var app = Build(port, data);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"error: Port {port} is in use. Stop the other program, or name another port with --port.");
            return ExitCodes.Usage;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var failure in invalid.Failures)
                await Console.Error.WriteLineAsync($"error: {failure}");
            return ExitCodes.Usage;
        }

        var address = AddressOf(app);
        Console.WriteLine($"PcBench is at {address}");
        Console.WriteLine($"Results are kept in {data}. Stop with Ctrl-C.");
        if (bench)
        {
            if (await SelfBench.RunAsync(address, cancel) is not { } page)
                return ExitCodes.MeasurementFailed;
            Console.WriteLine($"This PC: {page}");
        }

        await app.WaitForShutdownAsync(cancel);
        return ExitCodes.Ok;
    }

    private static WebApplication Build(int port, string data)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { WebRootPath = WebPage.Root });
        builder.Configuration["Data:Folder"] = data;

        // By no other name: a page of the web whose name its owner lets point here could read everything. A proxy's is named in AllowedHosts.
        builder.Configuration["AllowedHosts"] ??= "localhost;127.0.0.1;[::1]";
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // a failed start is explained above, in words
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // For this machine alone: whoever wants to serve others puts a proxy with TLS before it.
            if (port == 0)
                kestrel.Listen(IPAddress.Loopback, 0);
            else
                kestrel.ListenLocalhost(port);
        });
        builder.AddBackend();
        builder.Services.AddLocalModel();
        builder.Services.AddAssessor<InProcessAssessor>();
        builder.Services.AddSingleton<IPredictor, InProcessPredictor>();

        var app = builder.Build();
        app.MapBackend();
        app.MapWebPage();
        return app;
    }

    private static Uri AddressOf(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new UriBuilder(bound) { Host = "localhost" }.Uri;
    }
}
