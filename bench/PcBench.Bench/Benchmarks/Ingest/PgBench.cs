using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using PcBench.Bench.Servers;
using PcBench.ServiceTests.Servers;

namespace PcBench.Bench.Benchmarks.Ingest;

/// <summary>
/// PostgreSQL's own driver inserting the same documents into a table of nothing but a key and the bytes: each insert brings its
/// bytes, as any client's must. Prepared, its statements have the documents in them, and it neither sends nor parses any.
/// </summary>
internal sealed partial class PgBench(Postgres postgres, int clients)
{
    private const string Database = "pgbench";
    private readonly List<string> scripts = [];

    public async Task PrepareAsync(IEnumerable<byte[]> documents, CancellationToken cancel)
    {
        await postgres.CreateAsync(Database, cancel);
        await postgres.ExecuteAsync(Database, "create table document (no bigserial primary key, body bytea not null)", cancel);
        var folder = ServerFolder.New("pgbench");
        Directory.CreateDirectory(folder);
        foreach (var document in documents)
        {
            scripts.Add(Path.Combine(folder, $"{scripts.Count}.sql"));
            await File.WriteAllTextAsync(scripts[^1], $"insert into document (body) values ('\\x{Convert.ToHexStringLower(document)}');\n", cancel);
        }
    }

    /// <returns>Inserts a second.</returns>
    public async Task<double> RunAsync(TimeSpan duration, bool prepared, CancellationToken cancel)
    {
        await postgres.ExecuteAsync(Database, "truncate document", cancel);
        string[] command = PostgresPrograms.Command("pgbench",
        [
            "-n", "-M", prepared ? "prepared" : "simple", "-c", $"{clients}", "-j", $"{Math.Min(Environment.ProcessorCount, clients)}", "-T", $"{duration.TotalSeconds:F0}",
            "-h", "127.0.0.1", "-p", $"{postgres.Port}", "-U", "postgres", .. scripts.SelectMany(script => (string[])["-f", script]), Database,
        ]);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return Rate().Match(output) is { Success: true } rate && process.ExitCode == 0
            ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {output}");
    }

    [GeneratedRegex(@"^tps = ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex Rate();
}
