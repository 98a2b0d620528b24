using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Workloads;
using PcBench.Web.Api;
using PcBench.Web.Pages;

namespace PcBench.WebTests.Pages;

public sealed class CompareTests
{
    [Fact]
    public void Two_results_give_a_ratio_for_each_workload_and_what_differs()
    {
        using var web = new WebContext();
        var view = CompareView.Of([("a", Sample.Document(speed: 1)), ("b", Sample.Document("Intel(R) Core(TM) i9-14900K", speed: 1.5))]);
        web.Api.Answer("api/v1/compare?ids=a,b", view, ApiJson.Default.CompareView);

        var page = Show(web, "compare?ids=a,b");

        page.FindAll(".forest-row").Count.ShouldBe(WorkloadCatalog.Scored.Count);
        page.FindAll(".forest-row").ShouldAllBe(row => row.ClassList.Contains("better"));
        page.Find(".forest td.verdict").TextContent.ShouldBe("faster");
        page.Find(".differences tbody th").TextContent.ShouldBe("Processor");
    }

    [Fact]
    public void Equal_machines_are_not_distinguishable()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/compare?ids=a,b", CompareView.Of([("a", Sample.Document()), ("b", Sample.Document())]), ApiJson.Default.CompareView);

        var page = Show(web, "compare?ids=a,b");

        page.FindAll(".forest td.verdict").ShouldAllBe(verdict => verdict.TextContent == "not distinguishable");
        page.Markup.ShouldContain("No difference in any recorded setting.");
    }

    [Fact]
    public void Private_results_are_compared_with_the_tokens_of_this_tab()
    {
        using var web = new WebContext();
        web.JSInterop.Setup<string?>("pcbench.owner", "a").SetResult("token-a");
        web.JSInterop.Setup<string?>("pcbench.owner", "b").SetResult("token-b");

        Show(web, "compare?ids=a,b,c");

        web.Api.Requests.ShouldContain(new ApiRequest("GET", "api/v1/compare?ids=a,b,c", "token-a,token-b"));
    }

    [Fact]
    public void One_result_asks_for_another_and_search_adds_it()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/results/a", Sample.View("a"), ApiJson.Default.ResultView);
        web.Api.Answer("api/v1/search?q=ryzen", new SearchView("ryzen", [], [Sample.Row("b", 1500, 1, 2)]), ApiJson.Default.SearchView);
        var page = Show(web, "compare?ids=a");
        page.Find("h2").TextContent.ShouldBe("Choose one more result");

        page.Find(".compared input").Change("ryzen");
        page.Find(".compared form").Submit();
        page.Find(".found button").Click();

        web.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("compare?ids=a,b");
    }

    [Fact]
    public void Any_result_can_become_the_base_or_leave()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/compare?ids=a,b", CompareView.Of([("a", Sample.Document()), ("b", Sample.Document())]), ApiJson.Default.CompareView);
        var navigation = web.Services.GetRequiredService<NavigationManager>();
        var page = Show(web, "compare?ids=a,b");

        page.Find(".compared li button.quiet").Click();
        navigation.Uri.ShouldEndWith("compare?ids=b,a");
        page.FindAll(".compared li button.icon")[1].Click();

        navigation.Uri.ShouldEndWith("compare?ids=b");
    }

    private static IRenderedComponent<Compare> Show(WebContext web, string address)
    {
        web.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return web.Render<Compare>();
    }
}
