using Microsoft.Extensions.Options;
using Npgsql;
using PcBench.Backend.Features.Assessments;
using PcBench.Platform.Redis;
using PcBench.Shared;

namespace PcBench.Backend.Commands;

/// <summary>The service as a host: to serve, or for a command to use its parts.</summary>
internal static class BackendHost
{
    public static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        builder.AddBackend();
        if (builder.Configuration[$"{MlOptions.Section}:Url"] is { Length: > 0 })
            builder.Services.AddMlService();
        var app = builder.Build();
        app.MapBackend();
        return app;
    }

    /// <summary>Serves until it is told to stop.</summary>
    /// <returns>An exit code.</returns>
    public static Task<int> ServeAsync(string[] settings) => ExplainedAsync(async () =>
    {
        await using var app = Build(settings);
        await app.RunAsync();
    });

    /// <summary>Does something with the parts of the service, without serving.</summary>
    /// <returns>An exit code.</returns>
    public static Task<int> WithPartsAsync(Func<IServiceProvider, Task> work) => ExplainedAsync(async () =>
    {
        await using var app = Build(["--Logging:LogLevel:Default=Warning"]);
        await app.Services.GetRequiredService<RedisServer>().StartAsync(CancellationToken.None);
        await work(app.Services);
    });

    private static async Task<int> ExplainedAsync(Func<Task> work)
    {
        try
        {
            await work();
            return ExitCodes.Ok;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var failure in invalid.Failures)
                await Console.Error.WriteLineAsync($"error: {failure}");
            return ExitCodes.Usage;
        }
        catch (InvalidOperationException refused)
        {
            await Console.Error.WriteLineAsync($"error: {refused.Message}");
            return ExitCodes.Refused;
        }
        catch (PostgresException refused)
        {
            await Console.Error.WriteLineAsync($"error: PostgreSQL refused: {refused.MessageText}. If the database is new, run 'backend migrate' first.");
            return ExitCodes.Refused;
        }
        catch (NpgsqlException away)
        {
            await Console.Error.WriteLineAsync($"error: PostgreSQL cannot be reached ({away.Message}). Check Data:Postgres and that the server is up.");
            return ExitCodes.Unreachable;
        }
    }
}
