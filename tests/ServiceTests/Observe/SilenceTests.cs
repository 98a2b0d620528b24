extern alias p25;

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using p25::P25.Observe;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Observe;

/// <summary>A real Alertmanager while p25 rolls a release out.</summary>
public sealed class SilenceTests
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task While_a_release_is_rolled_out_tickets_about_causes_of_its_contour_are_quiet_and_nothing_else()
    {
        var folder = ServerFolder.New("silence");
        Directory.CreateDirectory(Path.Combine(folder, "alertmanager"));
        foreach (var file in (string[])["alertmanager.yml", "pcbench.tmpl"])
            File.Copy(Repository.Path($"deploy/observe/alertmanager/{file}"), Path.Combine(folder, "alertmanager", file));
        await using var alertmanager = await AlertmanagerServer.StartAsync(folder, Ports.Free());
        using var http = new HttpClient { BaseAddress = alertmanager.Address };
        await FireAsync(http, "stage", "cause", "ticket");
        await FireAsync(http, "stage", "cause", "page");
        await FireAsync(http, "stage", "symptom", "ticket");
        await FireAsync(http, "beta", "cause", "ticket");
        var said = new List<string>();

        await using (await Silence.StartAsync(() => new SocketsHttpHandler(), alertmanager.Address, "stage", "alice", "deploy 1.2.3", TimeProvider.System, AtMost, said.Add, TestContext.Current.CancellationToken))
        {
            await Client.UntilAsync(async () => (await QuietAsync(http)).Count > 0);
            (await QuietAsync(http)).ShouldBe(["stage cause ticket"]);
            var silence = (await http.GetFromJsonAsync<JsonArray>("api/v2/silences", TestContext.Current.CancellationToken))!.Single()!;
            ((string?)silence["createdBy"], (string?)silence["comment"]).ShouldBe(("alice", "p25: deploy 1.2.3"));
            (DateTimeOffset.Parse((string)silence["endsAt"]!) - DateTimeOffset.Parse((string)silence["startsAt"]!)).ShouldBe(AtMost, TimeSpan.FromSeconds(1));
        }

        await Client.UntilAsync(async () => (await QuietAsync(http)).Count == 0);
        said.ShouldHaveSingleItem().ShouldContain("stage");
    }

    [Fact]
    public async Task Without_an_Alertmanager_that_answers_a_release_is_rolled_out_all_the_same_and_it_is_said()
    {
        var said = new List<string>();

        await using (await Silence.StartAsync(() => new SocketsHttpHandler(), new Uri($"http://127.0.0.1:{Ports.Free()}"), "stage", "alice", "deploy", TimeProvider.System, AtMost, said.Add, TestContext.Current.CancellationToken))
        {
        }

        said.ShouldHaveSingleItem().ShouldStartWith("Alertmanager could not be silenced");
    }

    private static async Task FireAsync(HttpClient http, string contour, string kind, string severity)
    {
        using var answer = await http.PostAsJsonAsync("api/v2/alerts", new JsonArray(new JsonObject
        {
            ["labels"] = new JsonObject { ["alertname"] = "Something", ["contour"] = contour, ["kind"] = kind, ["severity"] = severity, ["service"] = $"{kind}-{severity}" },
        }), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Contour, kind and severity of what is silenced.</summary>
    private static async Task<List<string>> QuietAsync(HttpClient http) =>
        [.. (await http.GetFromJsonAsync<JsonArray>("api/v2/alerts", TestContext.Current.CancellationToken))!
            .Where(alert => alert!["status"]!["silencedBy"]!.AsArray().Count > 0)
            .Select(alert => $"{alert!["labels"]!["contour"]} {alert["labels"]!["kind"]} {alert["labels"]!["severity"]}")];
}
