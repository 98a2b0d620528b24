using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PcBench.Contracts;
using PcBench.Web;
using PcBench.Web.Browser;

namespace PcBench.WebTests.Pages;

public sealed class AppTests
{
    [Fact]
    public async Task Changing_the_language_rewrites_the_page_and_asks_the_server_nothing()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/leaderboard", Sample.Page([Sample.Row("abc", 1630, 1, 1)]), ApiJson.Default.LeaderboardPage);
        var app = web.Render<App>();
        app.Find("h1").TextContent.ShouldBe("Leaderboard");

        await app.Find("button[lang=ru]").ClickAsync(new());

        app.Find("h1").TextContent.ShouldBe("Рейтинг");
        app.Find("tbody td.number strong").TextContent.ShouldBe("1\u202F630");
        web.JSInterop.Invocations["pcbench.setLanguage"].ShouldHaveSingleItem().Arguments.ShouldBe(["ru"]);
        web.Api.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_page_has_one_heading_of_the_first_level()
    {
        using var web = new WebContext();
        var navigation = web.Services.GetRequiredService<NavigationManager>();
        var app = web.Render<App>();

        foreach (var address in new[] { "", "results/abc", "cpus", "cpus/abc", "compare", "compare?ids=a,b", "search", "scoring", "measure", "no/such/page" })
        {
            navigation.NavigateTo(address);
            app.FindAll("h1").Count.ShouldBe(1, address);
        }
    }

    [Fact]
    public void Ticked_results_are_offered_for_comparison()
    {
        using var web = new WebContext();
        web.Api.Answer("api/v1/leaderboard", Sample.Page([Sample.Row("abc", 1630, 1, 1), Sample.Row("def", 1500, 2, 2)]), ApiJson.Default.LeaderboardPage);
        var app = web.Render<App>();
        app.FindAll(".tray").ShouldBeEmpty();

        app.FindAll(".pick input")[0].Change(true);
        app.FindAll(".pick input")[1].Change(true);

        app.Find(".tray a").GetAttribute("href").ShouldBe("compare?ids=abc,def");
        web.Services.GetRequiredService<CompareBasket>().Ids.Count.ShouldBe(2);
    }
}
