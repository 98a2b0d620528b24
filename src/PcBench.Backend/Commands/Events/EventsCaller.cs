using PcBench.Platform.Events;
using PcBench.Platform.Events.Admin;
using PcBench.Shared;

namespace PcBench.Backend.Commands.Events;

/// <summary>Runs what a command asks of the hub, and says what went wrong.</summary>
internal sealed class EventsCaller(WithParts withParts, Output output)
{
    /// <returns>An exit code: the work's own, where the service could be used.</returns>
    public async Task<int> RunAsync(Func<EventAdmin, Output, Task<int>> work)
    {
        var code = ExitCodes.Ok;
        var reached = await withParts(async parts => code = await TryAsync(parts.GetRequiredService<EventAdmin>(), work));
        return reached == ExitCodes.Ok ? code : reached;
    }

    private async Task<int> TryAsync(EventAdmin admin, Func<EventAdmin, Output, Task<int>> work)
    {
        try
        {
            return await work(admin, output);
        }
        catch (OutageException away)
        {
            output.Error(away.Message, "Check Redis:Configuration and that the server is up; no event is lost meanwhile.");
            return ExitCodes.Unreachable;
        }
    }
}
