using System.Diagnostics;

namespace PcBench.Bench.Load;

/// <summary>How a load is put on.</summary>
/// <param name="Servers">Servers that share it, each as many connections as the next.</param>
/// <param name="Connections">Connections in all.</param>
/// <param name="WarmUp">Time before anything counts.</param>
/// <param name="Duration">Time that counts.</param>
/// <param name="Rate">Requests a second, due whatever the servers do; null: each connection sends when it has its answer.</param>
internal sealed record LoadPlan(IReadOnlyList<Uri> Servers, int Connections, TimeSpan WarmUp, TimeSpan Duration, double? Rate = null);

/// <summary>Puts a load on servers and counts what comes back.</summary>
internal static class LoadRun
{
    public static async Task<LoadReport> RunAsync(LoadPlan plan, IRequestSource source, CancellationToken cancel)
    {
        var window = new Window(plan.WarmUp, plan.Duration);
        using var open = plan.Rate is { } rate ? new OpenLoop(source, window, rate) : null;
        IPace pace = open is not null ? open : new ClosedLoop(source, window);
        List<Connection> connections = [.. Enumerable.Range(0, plan.Connections).Select(i => new Connection(
            plan.Servers[i % plan.Servers.Count], pace, window, NewTally(plan, source)))];
        try
        {
            await Task.WhenAll(connections.Select(connection => connection.ConnectAsync(cancel)));
            pace.Start(connections);
            await window.UntilBeginAsync(cancel);
            var cpu = DriverCpu();
            await window.UntilEndAsync(cancel);
            cpu = DriverCpu() - cpu;
            var unanswered = await pace.StopAsync();
            var total = NewTally(plan, source);
            foreach (var connection in connections)
                total.Add(connection.Tally);
            return new LoadReport(source.Kinds, total, window.Seconds, unanswered, cpu, open?.Lateness);
        }
        finally
        {
            open?.StopClock(); // it sends on the connections until then
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static Tally NewTally(LoadPlan plan, IRequestSource source) => new(source.Kinds, (int)Math.Ceiling(plan.Duration.TotalSeconds));

    private static TimeSpan DriverCpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
