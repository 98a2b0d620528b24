using PcBench.Bench.Results;
using PcBench.Contracts;

namespace PcBench.Bench.Load.Scenarios;

/// <summary>What a load asks for, by name.</summary>
internal sealed class Scenario(Uri server, DocumentSupply supply)
{
    private const int ComparedResults = 64;
    private const int DeepPages = 20;
    private static readonly string[] Filters =
        ["vendor=AMD", "vendor=Intel", "os=linux", "os=windows", "os=macOs", "cores=8-16", "virtual=false", "vendor=Intel&os=linux&virtual=true", "since=2026-06-01"];
    private static readonly int[] Steps = [1, 5, 11];

    private readonly Random random = new(1);
    private readonly string host = server.Authority;

    /// <summary>Every name there is.</summary>
    public static IReadOnlyList<string> Names { get; } = ["submit", "leaderboard", "leaderboard-mix", "cpu", "compare", "mixed"];

    public async Task<IRequestSource> CreateAsync(string name, CancellationToken cancel)
    {
        using var survey = new Survey(server);
        return name switch
        {
            "submit" => new Submissions(supply),
            "leaderboard" => new FixedRequests(name, host, ["api/v1/leaderboard"]),
            "leaderboard-mix" => await LeaderboardMixAsync(survey, cancel),
            "cpu" => await CpuAsync(survey, cancel),
            "compare" => await CompareAsync(survey, cancel),
            "mixed" => await MixedAsync(survey, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such scenario."),
        };
    }

    // Nine reads and a submission, as people look far more often than they measure.
    private async Task<Mixture> MixedAsync(Survey survey, CancellationToken cancel) => new(
        [
            new Submissions(supply),
            new FixedRequests("leaderboard", host, ["api/v1/leaderboard"]),
            await LeaderboardMixAsync(survey, cancel),
            await CpuAsync(survey, cancel),
            await CompareAsync(survey, cancel),
        ],
        [1, 2, 3, 1, 2, 4, 1, 3, 2, 0]);

    private async Task<FixedRequests> LeaderboardMixAsync(Survey survey, CancellationToken cancel)
    {
        var paths = new List<string>();
        foreach (var board in Board.All)
        {
            var path = $"api/v1/leaderboard?board={board.Name}";
            paths.Add(path);
            paths.AddRange(Filters.Select(filter => $"{path}&{filter}"));
        }

        paths.AddRange((await survey.CursorsAsync("single", DeepPages, cancel)).Select(cursor => $"api/v1/leaderboard?board=single&after={Uri.EscapeDataString(cursor)}"));
        return new FixedRequests("leaderboard-mix", host, Shuffled(paths));
    }

    private async Task<FixedRequests> CpuAsync(Survey survey, CancellationToken cancel) =>
        new("cpu", host, Shuffled((await survey.CpusAsync(cancel)).Select(id => $"api/v1/cpus/{id}")));

    private async Task<FixedRequests> CompareAsync(Survey survey, CancellationToken cancel)
    {
        var ids = await survey.SubmittedAsync(supply, ComparedResults, cancel);
        return new FixedRequests("compare", host, Shuffled(
            from a in Enumerable.Range(0, ids.Count)
            from step in Steps
            select $"api/v1/compare?ids={ids[a]},{ids[(a + step) % ids.Count]}"));
    }

    private string[] Shuffled(IEnumerable<string> paths)
    {
        string[] shuffled = [.. paths];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
