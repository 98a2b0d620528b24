using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using PcBench.Backend.Features.Cpus;
using PcBench.Backend.Http;
using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Search;

internal static class SearchEndpoints
{
    private const int MaxResults = 20;
    private const int MaxWords = 8;

    public static void MapSearch(this RouteGroupBuilder api) =>
        api.MapGet("/search", GetAsync)
            .WithSummary("Find CPU models and public results by CPU, main board or id")
            .WithTags("Search")
            .Requires("q");

    private static async Task<Results<Tagged<SearchView>, ProblemHttpResult>> GetAsync(
        [Description("2 to 100 characters: beginnings of words of a CPU's or main board's name, or a result's id.")] string? q,
        Database database, CpuViews views, ResultRows rows, CancellationToken cancel)
    {
        var rules = new QueryRules();
        var query = rules.Text("q", q?.Trim() ?? "", 2, 100)!;
        var words = SearchWords.Of(query).Take(MaxWords).ToList();
        if (rules.Errors.Count == 0 && words.Count == 0)
            rules.Add("q", query, "It has no letter or digit.", "Give words of a CPU's name in Latin letters, or a result's id.");
        if (rules.Errors.Count > 0)
            return Problems.Invalid(rules.Errors);

        var cpus = await SearchSql.CpusAsync(database, words, cancel);
        var found = new List<ListedResult>(await SearchSql.ByIdAsync(database, query.ToLowerInvariant(), cancel));
        foreach (var cpu in cpus)
            found.AddRange(await SearchSql.NewestAsync(database, SearchSql.OfCpu, cpu.No, cancel));
        foreach (var mainboard in await SearchSql.MainboardsAsync(database, words, cancel))
            found.AddRange(await SearchSql.NewestAsync(database, SearchSql.OfMainboard, mainboard, cancel));
        var newest = found.DistinctBy(result => result.No).OrderByDescending(result => result.No).Take(MaxResults).ToList();
        return new Tagged<SearchView>(new SearchView(query, await views.SummariesAsync(cpus), await rows.MixedAsync(newest, cancel)));
    }
}
