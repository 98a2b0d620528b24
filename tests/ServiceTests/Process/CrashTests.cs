using System.Collections.Concurrent;
using System.Net;
using Microsoft.Data.Sqlite;
using PcBench.Contracts;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Process;

public sealed class CrashTests : IDisposable
{
    private const int Submissions = 1_000;

    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-crash-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Killed_amid_a_thousand_submissions_it_has_every_acknowledged_one_and_none_twice()
    {
        var documents = Enumerable.Range(0, Submissions).AsParallel().Select(_ => new ResultBuilder().Signed()).ToList();
        var acknowledged = new ConcurrentDictionary<string, byte[]>();
        using (var backend = await BackendProcess.StartAsync(folder))
        {
            using var http = new HttpClient { BaseAddress = backend.Address };
            var submitting = documents.Select(document => SubmitAsync(http, document, acknowledged)).ToList();
            await Client.UntilAsync(() => Task.FromResult(acknowledged.Count >= Submissions / 3));
            await backend.KillAsync();
            await Task.WhenAll(submitting);
        }

        acknowledged.Count.ShouldBeInRange(Submissions / 3, Submissions - 1, "the process must die amid the submissions");
        using (var backend = await BackendProcess.StartAsync(folder))
        {
            using var http = new HttpClient { BaseAddress = backend.Address };
            foreach (var (id, document) in acknowledged)
            {
                var stored = await http.GetByteArrayAsync($"/api/v1/results/{id}/document", TestContext.Current.CancellationToken);
                stored.ShouldBe(document);
            }

            // Whoever got no answer sends it again: that makes it whole, and makes nothing twice.
            await Task.WhenAll(documents.Select(document => SubmitAsync(http, document, acknowledged)));
            acknowledged.Count.ShouldBe(Submissions);
            (await http.GetAsync("/api/v1/leaderboard", ApiJson.Default.LeaderboardPage)).Total.ShouldBe(Submissions);
            await backend.KillAsync();
        }

        Ask("select count(*) from result").ShouldBe((long)Submissions);
        Ask("select count(*) from standing where v1 is not null").ShouldBe((long)Submissions);
        Ask("select count(*) from event where type = 'result.submitted'").ShouldBe((long)Submissions);
        Ask("pragma integrity_check").ShouldBe("ok");
        Ask("select count(*) from pragma_foreign_key_check").ShouldBe(0L);
    }

    private static async Task SubmitAsync(HttpClient http, byte[] document, ConcurrentDictionary<string, byte[]> acknowledged)
    {
        try
        {
            using var response = await http.PostResultAsync(document);
            if (response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
                acknowledged[(await response.ReadAsync(ApiJson.Default.Submission)).Id] = document;
        }
        catch (HttpRequestException)
        {
            // The process is gone: not acknowledged.
        }
    }

    private object? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "pcbench.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
