using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;
using PcBench.Web.Components;
using PcBench.Web.Pages;

namespace PcBench.WebTests.Pages;

public sealed class OtherPagesTests
{
    private static readonly CpuSummary Fast = new("fast", "Fast One", "AMD", 3, 2000, 9000);
    private static readonly CpuSummary Common = new("common", "Common Two", "Intel", 30, 1000, null);

    [Fact]
    public void Models_are_sorted_and_found_by_the_address()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/cpus", new CpuList([Fast, Common]), ApiJson.Default.CpuList);
        var navigation = web.Services.GetRequiredService<NavigationManager>();
        var page = web.Render<Cpus>();

        Names(page).ShouldBe(["Common Two", "Fast One"]);
        navigation.NavigateTo("cpus?sort=single");
        Names(page).ShouldBe(["Fast One", "Common Two"]);
        navigation.NavigateTo("cpus?q=two");
        Names(page).ShouldBe(["Common Two"]);
        navigation.NavigateTo("cpus?q=rare one");
        page.Find(".empty a").GetAttribute("href").ShouldBe("search?q=rare%20one"); // the list holds the most measured alone
        web.Api.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void A_listed_median_has_its_interval_and_says_where_it_is_less_sure_than_usual()
    {
        using var web = new WebContext();
        var few = Fast with { SingleRange = new MedianRange(3, 1950, 2080, 0.75), MultiRange = new MedianRange(1, 9000, 9000, 0) };
        var many = Common with { SingleRange = new MedianRange(30, 990, 1020, 0.95) };

        var table = web.Render<CpuTable>(table => table.Add(x => x.Cpus, [few, many]).Add(x => x.Caption, "Models"));

        var rows = table.FindAll("tbody tr").Select(row => row.QuerySelectorAll("td.number").Skip(1).Select(cell => string.Join(' ', cell.Children.Select(part => part.TextContent))));
        rows.ShouldBe([["2,000 1,950–2,080 75\u00A0% sure", "9,000"], ["1,000 990–1,020", "–"]]);
        var whisker = table.Find("tbody .plot .whisker");
        whisker.GetAttribute("x1").ShouldNotBe(whisker.GetAttribute("x2"));
    }

    [Fact]
    public void A_model_shows_its_spread_and_marks_the_result_one_came_from()
    {
        using var web = new WebContext();
        var board = new CpuBoard("single", "points", Better.Higher, 12, 1500, 1450, 1550, 0.95, new Percentiles(1400, 1470, 1530, 1600), new Histogram(1400, 50, [3, 6, 3]));
        web.Api.Answer("api/v1/cpus/fast", new CpuView("fast", "Fast One", "AMD", "Zen 9", 12, [board], [Sample.Row("abc", 1500, 3, 7)]), ApiJson.Default.CpuView);
        web.Api.Answer("api/v1/results/abc", Sample.View("abc"), ApiJson.Default.ResultView);
        web.Services.GetRequiredService<NavigationManager>().NavigateTo("cpus/fast?result=abc");

        var page = web.Render<Cpu>(cpu => cpu.Add(x => x.Id, "fast"));

        page.Find("h1").TextContent.ShouldBe("Fast One");
        page.FindAll(".histogram .step").Count.ShouldBe(3);
        page.FindAll(".histogram circle.mark").Count.ShouldBe(1);
        page.Find(".histogram svg").GetAttribute("aria-label")!.ShouldContain("median 1,500 points");
        page.FindAll(".results tbody tr").Count.ShouldBe(1);
    }

    [Fact]
    public void Search_waits_for_words_and_says_when_nothing_is_found()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/search?q=c%23", new SearchView("c#", [], []), ApiJson.Default.SearchView);
        var page = web.Render<Search>();
        web.Api.Requests.ShouldBeEmpty();

        page.Find("input").Change("c#");
        page.Find("form").Submit();

        page.Find(".empty h2").TextContent.ShouldContain("c#");
    }

    [Fact]
    public void Scoring_lists_every_weight_and_reference()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/scoring", ScoringView.Current, ApiJson.Default.ScoringView);

        var page = web.Render<Scoring>();

        page.FindAll(".constants tbody tr").Count.ShouldBe(WorkloadCatalog.Scored.Count);
        page.Markup.ShouldContain(WorkloadCatalog.ReferenceMachine);
    }

    [Fact]
    public void Measure_gives_commands_for_this_server_and_copies_them()
    {
        using var web = new WebContext();
        web.JSInterop.Setup<bool>("pcbench.copy", _ => true).SetResult(true);

        var page = web.Render<Measure>();
        page.FindAll(".command button")[0].Click();

        page.Markup.ShouldContain("pcbench submit --server http://localhost --visibility unlisted");
        web.JSInterop.Invocations["pcbench.copy"].ShouldHaveSingleItem().Arguments.ShouldBe(["dotnet publish src/PcBench.Cli -c Release -o pcbench"]);
        page.FindAll(".command button")[0].TextContent.ShouldBe("Copied");
    }

    private static IEnumerable<string> Names(IRenderedComponent<Cpus> page) => page.FindAll("tbody th a").Select(link => link.TextContent);
}
