using PcBench.Bench.Results;
using PcBench.Contracts;
using PcBench.Contracts.Signing;

namespace PcBench.Bench.Load.Scenarios;

/// <summary>Finds out what there is in a service, so that requests ask for what exists.</summary>
internal sealed class Survey(Uri server) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Cursors of the pages after the first.</summary>
    public async Task<IReadOnlyList<string>> CursorsAsync(string board, int pages, CancellationToken cancel)
    {
        var cursors = new List<string>();
        while (cursors.Count < pages)
        {
            var after = cursors.Count == 0 ? "" : $"&after={Uri.EscapeDataString(cursors[^1])}";
            var page = await client.GetFromJsonAsync($"api/v1/leaderboard?board={board}{after}", ApiJson.Default.LeaderboardPage, cancel);
            if (page?.Next is not { } next)
                break;
            cursors.Add(next);
        }

        return cursors;
    }

    /// <summary>CPU models that have a page: the most measured, and the synthetic ones among the rest.</summary>
    public async Task<IReadOnlyList<string>> CpusAsync(CancellationToken cancel)
    {
        var list = await client.GetFromJsonAsync("api/v1/cpus", ApiJson.Default.CpuList, cancel);
        var ids = list!.Cpus.Select(cpu => cpu.Id).ToHashSet();
        foreach (var model in CpuModels.All.Skip(1_000).Take(200))
        {
            using var answer = await client.GetAsync(new Uri($"api/v1/cpus/{model.Id}", UriKind.Relative), cancel);
            if (answer.IsSuccessStatusCode)
                ids.Add(model.Id);
        }

        return [.. ids];
    }

    /// <summary>Submits results of its own and returns their ids: rows that were filled in have no documents.</summary>
    public async Task<IReadOnlyList<string>> SubmittedAsync(DocumentSupply supply, int count, CancellationToken cancel)
    {
        var ids = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            var document = supply.Document();
            using var body = new ByteArrayContent(document) { Headers = { ContentType = new("application/json") } };
            using var answer = await client.PostAsync(new Uri("api/v1/results?visibility=public", UriKind.Relative), body, cancel);
            answer.EnsureSuccessStatusCode();
            ids.Add(SignedContent.Of(document).Id);
        }

        return ids;
    }

    /// <summary>How many results are on a board, as its page says.</summary>
    public async Task<long> TotalAsync(CancellationToken cancel) =>
        (await client.GetFromJsonAsync("api/v1/leaderboard?limit=1", ApiJson.Default.LeaderboardPage, cancel))!.Total;

    public void Dispose() => client.Dispose();
}
