using System.Net;
using PcBench.Contracts;
using PcBench.Contracts.Results;
using PcBench.Contracts.Statistics;
using PcBench.ServiceTests.Builders;

namespace PcBench.ServiceTests.Api;

/// <summary>Compare and search.</summary>
public sealed class FindingTests
{
    [Theory, EveryStore]
    public async Task Comparing_says_how_much_better_and_what_differs(Store store)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        var first = await http.SubmitAsync(new ResultBuilder());
        var twice = await http.SubmitAsync(new ResultBuilder { Speed = 2, Os = OsFamily.Windows, Cores = 8 });
        var same = await http.SubmitAsync(new ResultBuilder());

        var view = await http.GetAsync($"/api/v1/compare?ids={first},{twice},{same}", ApiJson.Default.CompareView);

        view.Results.Select(result => result.Id).ShouldBe([first, twice, same]);
        view.Workloads.ShouldAllBe(workload => workload.Figures[1]!.ToFirst!.Verdict == Verdict.Better && workload.Figures[2]!.ToFirst!.Verdict == Verdict.NotDistinguishable);
        view.Differences.Select(difference => difference.Field).ShouldContain("machine.cpu.cores");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ids=")]
    [InlineData("?ids=00000000000000000000")]
    [InlineData("?ids=00000000000000000000,00000000000000000000")]
    [InlineData("?ids=a,b,c,d,e,f,g,h,i")]
    public async Task Comparing_takes_two_to_eight_different_ids(string query)
    {
        await using var app = new BackendApp();
        using var response = await app.CreateClient().GetAsync("/api/v1/compare" + query, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ProblemAsync()).Errors!.ShouldHaveSingleItem().Field.ShouldBe("ids");
    }

    [Theory]
    [EveryStore("7950", 1, 1)]
    [EveryStore("ryzen 795", 1, 1)]
    [EveryStore("RYZEN", 2, 2)]
    [EveryStore("b650", 0, 2)]
    [EveryStore("ryzen intel", 0, 0)]
    [EveryStore("' or 1=1 --", 0, 0)]
    [EveryStore("%_", 0, 0)]
    public async Task Search_finds_models_and_results_by_the_beginnings_of_words(Store store, string query, int cpus, int results)
    {
        await using var app = await BackendApp.OnAsync(store);
        var http = app.CreateClient();
        await http.SubmitAsync(new ResultBuilder());
        await http.SubmitAsync(new ResultBuilder { Cpu = "AMD Ryzen 5 3600" });
        await http.SubmitAsync(new ResultBuilder { Cpu = "Intel Core i7-2600", Vendor = "Intel", Board = null });

        using var response = await http.GetAsync($"/api/v1/search?q={Uri.EscapeDataString(query)}", TestContext.Current.CancellationToken);

        if (query == "%_")
        {
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            return;
        }

        var found = await response.ReadAsync(ApiJson.Default.SearchView);
        (found.Cpus.Count, found.Results.Count).ShouldBe((cpus, results));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=a")]
    [InlineData("?q=%20%20%20")]
    public async Task Search_wants_two_characters_at_least(string query)
    {
        await using var app = new BackendApp();
        using var response = await app.CreateClient().GetAsync("/api/v1/search" + query, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ProblemAsync()).Errors!.ShouldHaveSingleItem().Field.ShouldBe("q");
    }
}
