using System.Net;
using PcBench.Contracts;

namespace PcBench.ServiceTests;

/// <summary>Every place where a result can be seen.</summary>
internal static class Everywhere
{
    /// <summary>Names of the places where <paramref name="id"/> shows.</summary>
    /// <param name="http">The API.</param>
    /// <param name="id">The result.</param>
    /// <param name="other">A public result to compare it with.</param>
    /// <param name="cpuId">Its CPU model.</param>
    /// <param name="word">A word that finds its CPU model.</param>
    public static async Task<IReadOnlyList<string>> PlacesOfAsync(this HttpClient http, string id, string other, string cpuId, string word)
    {
        List<string> places = [];
        await AddIfOkAsync("result", $"/api/v1/results/{id}");
        await AddIfOkAsync("document", $"/api/v1/results/{id}/document");
        await AddIfOkAsync("compare", $"/api/v1/compare?ids={other},{id}");
        var board = await http.GetAsync("/api/v1/leaderboard?limit=100", ApiJson.Default.LeaderboardPage);
        AddIf("leaderboard", board.Rows.Any(row => row.Id == id));
        var byId = await http.GetAsync($"/api/v1/search?q={id}", ApiJson.Default.SearchView);
        var byCpu = await http.GetAsync($"/api/v1/search?q={word}", ApiJson.Default.SearchView);
        AddIf("search by id", byId.Results.Any(row => row.Id == id));
        AddIf("search by CPU", byCpu.Results.Any(row => row.Id == id));
        AddIf("CPU in search", byCpu.Cpus.Any(cpu => cpu.Id == cpuId));
        var cpus = await http.GetAsync("/api/v1/cpus", ApiJson.Default.CpuList);
        AddIf("CPU list", cpus.Cpus.Any(cpu => cpu.Id == cpuId));
        await AddIfOkAsync("CPU page", $"/api/v1/cpus/{cpuId}");
        foreach (var export in new[] { "jsonl", "csv" })
        {
            var text = await http.GetStringAsync($"/api/v1/exports/results.{export}", TestContext.Current.CancellationToken);
            AddIf($"export {export}", text.Contains(id, StringComparison.Ordinal));
        }

        return places;

        async Task AddIfOkAsync(string place, string address)
        {
            var status = await http.StatusAsync(address);
            status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
            AddIf(place, status == HttpStatusCode.OK);
        }

        void AddIf(string place, bool shows)
        {
            if (shows)
                places.Add(place);
        }
    }
}
