using System.Net;
using PcBench.Shared;
using Spectre.Console;

namespace PcBench.Cli.Server;

/// <summary>One way for all commands to talk to the server: its failures become messages and exit codes.</summary>
internal static class ServerCalls
{
    /// <summary>The environment variable that names the server.</summary>
    public const string ServerVariable = "PCBENCH_SERVER";

    /// <summary>Where `Standalone` listens.</summary>
    public const string DefaultServer = "http://localhost:5080";

    /// <summary>Runs a call and explains what went wrong.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> ExplainAsync(Output output, ServerAddress server, Func<Task<int>> call)
    {
        try
        {
            return await call();
        }
        catch (ServerException refusal)
        {
            output.Error($"{server.Uri.Host}: {refusal.Problem.Title}", refusal.Problem.Detail);
            foreach (var error in refusal.Problem.Errors ?? [])
                output.Error(error.ToString());
            return refusal.Status switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.Gone => ExitCodes.NotFound,
                HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => ExitCodes.NotOwner,
                >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests => ExitCodes.Unreachable,
                _ => ExitCodes.Refused,
            };
        }
        catch (HttpRequestException error)
        {
            output.Error($"{server} cannot be reached: {error.Message}", $"Is it running? Name another one with --server or ${ServerVariable}.");
            return ExitCodes.Unreachable;
        }
        catch (TaskCanceledException error) when (error.InnerException is TimeoutException)
        {
            output.Error($"{server} did not answer in time.", "Nothing is lost: try again; the same result is stored once.");
            return ExitCodes.Unreachable;
        }
        catch (OperationCanceledException)
        {
            output.People.WriteLine("Cancelled; the server may have done it all the same.");
            return ExitCodes.Cancelled;
        }
    }
}
