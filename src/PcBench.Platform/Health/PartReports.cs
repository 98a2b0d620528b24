using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace PcBench.Platform.Health;

/// <summary>
/// Asks the parts. Whoever comes within a second gets the same answer, and a part that does not answer is asked once at a time,
/// so that probes cannot load what they watch.
/// </summary>
public sealed partial class PartReports
{
    /// <summary>How long a part may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock door = new();
    private readonly List<Watched> parts;
    private readonly TimeProvider time;
    private readonly ILogger<PartReports> logger;
    private Task<IReadOnlyList<PartReport>>? looking;
    private long since;

    public PartReports(IEnumerable<Part> parts, IMeterFactory meters, TimeProvider time, ILogger<PartReports> logger)
    {
        this.parts = [.. parts.Select(part => new Watched(part))];
        (this.time, this.logger) = (time, logger);
        meters.Create("PcBench.Platform").CreateObservableGauge("pcbench.part.up", Up, unit: null, description: "Whether a part that the service needs answers: 1 or 0.");
    }

    private sealed class Watched(Part part)
    {
        public Part Part { get; } = part;

        public Task<bool>? Asking { get; set; }

        public bool? WasUp { get; set; }
    }

    /// <summary>How all parts are now, or were within the last second.</summary>
    public Task<IReadOnlyList<PartReport>> LookAsync()
    {
        lock (door)
        {
            if (looking is null || (looking.IsCompleted && time.GetElapsedTime(since) >= Fresh))
            {
                since = time.GetTimestamp();
                looking = LookAtAllAsync();
            }

            return looking;
        }
    }

    private async Task<IReadOnlyList<PartReport>> LookAtAllAsync() => await Task.WhenAll(parts.Select(LookAtAsync));

    private async Task<PartReport> LookAtAsync(Watched watched)
    {
        var (part, isUp, error) = (watched.Part, false, (Exception?)null);
        try
        {
            if (watched.Asking is not { IsCompleted: false })
                watched.Asking = Task.Run(() => AskAsync(part)); // on a thread of its own: some stores answer without awaiting
            isUp = await watched.Asking.WaitAsync(Patience, time);
        }
        catch (Exception failure)
        {
            error = failure;
        }

        if (!isUp && watched.WasUp != false)
            Log.Away(logger, error, part.Name, part.Meaning);
        else if (isUp && watched.WasUp == false)
            Log.Back(logger, part.Name);
        watched.WasUp = isUp;
        return new PartReport(part, isUp);
    }

    private async Task<bool> AskAsync(Part part)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        return await part.IsUp(patience.Token);
    }

    private IEnumerable<Measurement<int>> Up() =>
        from watched in parts
        where watched.WasUp is not null
        select new Measurement<int>(watched.WasUp == true ? 1 : 0, new KeyValuePair<string, object?>("part", watched.Part.Name));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Part} does not answer. {Meaning}")]
        public static partial void Away(ILogger logger, Exception? error, string part, string meaning);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Part} answers again")]
        public static partial void Back(ILogger logger, string part);
    }
}
