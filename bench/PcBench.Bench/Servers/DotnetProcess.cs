using System.Globalization;
using PcBench.ServiceTests.Servers;

namespace PcBench.Bench.Servers;

/// <summary>A web server of .NET in a process of its own, and how much memory it holds.</summary>
internal sealed class DotnetProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on";

    // Says its process id, which stays when it becomes the server.
    private const string Announce = """echo $$ > "$0"; exec "$@" """;

    // What makes the driver cheap must not change what is measured.
    private static readonly string[] OfTheDriver = ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"];

    private readonly ServerProcess process;
    private readonly int id;

    private DotnetProcess(ServerProcess process, int id, Uri address) => (this.process, this.id, Address) = (process, id, address);

    public Uri Address { get; }

    /// <summary>Starts it; it listens when this returns.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="port">Port on 127.0.0.1, as its settings have it.</param>
    /// <param name="settings">Its environment, added to ours.</param>
    public static async Task<DotnetProcess> StartAsync(IEnumerable<string> command, int port, IReadOnlyDictionary<string, string> settings)
    {
        var folder = ServerFolder.New("process");
        Directory.CreateDirectory(folder);
        var idFile = Path.Combine(folder, "id");
        var process = await ServerProcess.StartAsync(["sh", "-c", Announce, idFile, .. Command(command, settings)], "KILL", Listening, folder);
        return new DotnetProcess(
            process, int.Parse(await File.ReadAllTextAsync(idFile), CultureInfo.InvariantCulture), new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>A command in an environment of its own.</summary>
    public static IEnumerable<string> Command(IEnumerable<string> command, IReadOnlyDictionary<string, string> settings) =>
        ["env", .. OfTheDriver.SelectMany(name => (string[])["-u", name]), .. settings.Select(setting => $"{setting.Key}={setting.Value}"), .. command];

    /// <summary>Resident memory in MiB: now, and the most it ever was.</summary>
    public async Task<(double Now, double Peak)> MemoryMibAsync()
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{id}/status");
        return (Mib("VmRSS:"), Mib("VmHWM:"));

        double Mib(string name) =>
            double.Parse(lines.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Processor time that it has used, the kernel's for it too; to the nanosecond, where /proc has hundredths of a second.</summary>
    public TimeSpan ProcessorTime => ProcessorClock.OfProcess(id);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
