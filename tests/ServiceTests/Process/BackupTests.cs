using Npgsql;
using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Process;

/// <summary><c>backend backups</c>, with PostgreSQL's own programs.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task A_backup_in_the_object_store_brings_the_results_back_and_old_ones_are_removed()
    {
        var servers = await TestServers.CurrentAsync();
        var (postgres, store) = (await servers.PostgresAsync(), await SharedStore.NewAsync());
        var folder = ServerFolder.New("backup");
        await PostgresPrograms.MakeFolderAsync(folder);
        var data = Directory.CreateTempSubdirectory("pcbench-backup-").FullName;
        var settings = new Dictionary<string, string?>(store.Settings) { ["Data:Folder"] = data };
        foreach (var key in settings.Keys.Where(key => key.StartsWith("Blobs:", StringComparison.Ordinal)).ToList())
            settings.Remove(key); // in a folder, where a backup can be made old
        using (var backend = await BackendProcess.StartAsync(data, settings: settings))
        {
            using var http = new HttpClient { BaseAddress = backend.Address };
            await http.SubmitAsync(new ResultBuilder());
        }

        var (old, dump, fetched) = (Path.Combine(data, "blobs/backups/20200101-000000.dump"), Path.Combine(folder, "a.dump"), Path.Combine(data, "b.dump"));
        Directory.CreateDirectory(Path.GetDirectoryName(old)!);
        await File.WriteAllTextAsync(old, "old", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-15));

        await Programs.RunAsync(PostgresPrograms.Command("pg_dump", "--format=custom", $"--file={dump}", Libpq(store.Postgres)));
        var kept = (await BackendProcess.RunAsync($"backups keep {dump} --days 14", settings)).Trim();
        (await BackendProcess.RunAsync("backups list", settings)).Trim().ShouldBe(kept);
        await BackendProcess.RunAsync($"backups fetch {kept} {fetched}", settings);

        var restored = await postgres.CreateDatabaseAsync();
        File.Copy(fetched, Path.Combine(folder, "b.dump"));
        await Programs.RunAsync("chmod", "644", Path.Combine(folder, "b.dump"));
        await Programs.RunAsync(PostgresPrograms.Command("pg_restore", $"--dbname={Libpq(restored)}", Path.Combine(folder, "b.dump")));
        (await CountAsync(restored)).ShouldBe(1);
        (await Should.ThrowAsync<InvalidOperationException>(() => BackendProcess.RunAsync($"backups keep {folder}/nothing.dump", settings))).Message.ShouldContain("nothing was kept");
        Directory.Delete(data, recursive: true);
        await store.RemoveAsync();
    }

    private static string Libpq(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"host={parts.Host} port={parts.Port} user={parts.Username} password='{parts.Password}' dbname={parts.Database}";
    }

    private static async Task<long> CountAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select count(*) from result", connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
